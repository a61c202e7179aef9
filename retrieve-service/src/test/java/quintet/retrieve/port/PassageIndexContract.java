package quintet.retrieve.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.parts;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.timeless;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.retrieve.Samples;
import quintet.retrieve.model.AnalysedWord;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionInfo;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.IndexFacts;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.model.VersionRef;

/** What every {@link PassageIndex} and its {@link PassageWriter} must do. */
public interface PassageIndexContract {
    PassageIndex index();

    PassageWriter writer();

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }

    default void put(DocumentPart part) {
        DocumentHead head = writer().put(part.ref(), List.of(part));
        assertThat(head.covers(part.ref().version())).isTrue();
    }

    default <T> T see(Function<PassageView, Uni<T>> look) {
        try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            return await(look.apply(view));
        }
    }

    default List<String> matching(String query, MetadataFilter filter) {
        return ids(see(view -> view.matching(query, filter, 100)));
    }

    default List<String> nearest(String query, MetadataFilter filter, int k) {
        return ids(see(view -> view.nearest(vector(query), filter, k)));
    }

    private static List<String> ids(CandidateList list) {
        return list.candidates().stream().map(Candidate::chunkId).toList();
    }

    static MetadataFilter anyOf(String field, String... values) {
        return new MetadataFilter.In(field, new TreeSet<>(Set.of(values)));
    }

    @Test
    default void findsByWordsAndByMeaningAsSoonAsPutReturns() {
        put(whole(ref("a", 1), "the dental plan covers two cleanings", "parking is free on weekends"));
        assertThat(matching("dental cleaning", MetadataFilter.NONE)).containsExactly("a#000");
        assertThat(nearest("parking weekends", MetadataFilter.NONE, 1)).containsExactly("a#001");
    }

    @Test
    default void showsOnlyWhatItsOpenerMaySee() {
        put(inGroups("open", List.of()));
        put(inGroups("pay", List.of("hr")));
        put(inGroups("code", List.of("dev", "hr")));
        assertThat(visible(Set.of())).containsExactly("open#000");
        assertThat(visible(Set.of("dev"))).containsExactly("code#000", "open#000");
        assertThat(visible(Set.of("hr"))).containsExactly("code#000", "open#000", "pay#000");
        assertThat(visible(Set.of("legal", "h"))).containsExactly("open#000");
        // A new version in other groups takes the place of the old one.
        DocumentPart moved = inGroups("pay", List.of("legal"));
        VersionRef second = ref("pay", 2);
        put(new DocumentPart(second, 0, 1, 1, moved.info(), moved.model(), moved.passages()));
        assertThat(visible(Set.of("hr"))).containsExactly("code#000", "open#000");
        assertThat(visible(Set.of("legal"))).containsExactly("open#000", "pay#000");
    }

    @Test
    default void tellsTheVersionsOfDocumentsThatItsOpenerMaySee() {
        put(inGroups("open", List.of()));
        put(inGroups("pay", List.of("hr")));
        VersionRef second = ref("open", 2);
        DocumentPart changed = inGroups("open", List.of());
        put(new DocumentPart(second, 0, 1, 1, changed.info(), changed.model(), changed.passages()));
        put(whole(ref("gone", 1), "soon gone"));
        assertThat(writer().remove(ref("gone", 2)).deleted()).isTrue();
        Set<String> all = Set.of("open", "pay", "gone", "never-there");
        assertThat(versions(Set.of(), all)).isEqualTo(Map.of("open", 2L));
        assertThat(versions(Set.of("hr"), all)).isEqualTo(Map.of("open", 2L, "pay", 1L));
        assertThat(versions(Set.of("hr"), Set.of())).isEmpty();
    }

    private Map<String, Long> versions(Set<String> groups, Set<String> documentIds) {
        try (PassageView view = await(index().open(new CollectionAccess(COLLECTION, false, groups)))) {
            return await(view.versions(documentIds));
        }
    }

    @Test
    default void explainsListsWithoutChangingThem() {
        put(whole(ref("a", 1), "the dental plan covers two cleanings", "parking is free on weekends"));
        put(inGroups("pay", List.of("hr")));
        CollectionAccess access = new CollectionAccess(COLLECTION, false, Set.of());
        try (PassageView plain = await(index().open(access))) {
            PassageView explaining = plain.explaining();
            CandidateList dense = await(explaining.nearest(vector("parking"), MetadataFilter.NONE, 5));
            assertThat(dense.candidates())
                    .isEqualTo(await(plain.nearest(vector("parking"), MetadataFilter.NONE, 5))
                            .candidates());
            assertThat(dense.detail().orElseThrow().eligible()).isEqualTo(2);
            CandidateList lexical = await(explaining.matching("free parking", MetadataFilter.NONE, 5));
            assertThat(lexical.candidates())
                    .isEqualTo(await(plain.matching("free parking", MetadataFilter.NONE, 5))
                            .candidates());
            assertThat(lexical.detail().orElseThrow().words())
                    .extracting(AnalysedWord::form)
                    .contains("free", "park");
            assertThat(await(plain.nearest(vector("parking"), MetadataFilter.NONE, 5))
                            .detail())
                    .isEmpty();
            assertThat(await(explaining.load(lexical.candidates()))).hasSize(1);
        }
    }

    @Test
    default void saysWhatItIsAnsweredFrom() {
        put(whole(ref("a", 1), "one"));
        IndexFacts first = facts();
        assertThat(first.model()).contains(MODEL);
        assertThat(first.kind()).startsWith("hnsw m=16");
        assertThat(facts()).isEqualTo(first);
        put(whole(ref("b", 1), "two"));
        assertThat(facts().version()).isGreaterThan(first.version());
    }

    private IndexFacts facts() {
        try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            return view.facts();
        }
    }

    private static DocumentPart inGroups(String id, List<String> groups) {
        return whole(
                ref(id, 1),
                new DocumentInfo(id, "", "", "text/plain", "en", Map.of("groups", "hr"), groups),
                "the same words");
    }

    /** What words find, which is also what vectors find. */
    private List<String> visible(Set<String> groups) {
        try (PassageView view = await(index().open(new CollectionAccess(COLLECTION, false, groups)))) {
            List<String> byWords = ids(await(view.matching("same words", MetadataFilter.NONE, 10)));
            assertThat(ids(await(view.nearest(vector("the same words"), MetadataFilter.NONE, 10))))
                    .containsExactlyInAnyOrderElementsOf(byWords);
            assertThat(ids(await(view.matching("same words", anyOf("groups", "hr"), 10))))
                    .containsExactlyInAnyOrderElementsOf(byWords);
            return byWords.stream().sorted().toList();
        }
    }

    @Test
    default void loadsEverythingThatAHitShows() {
        VersionRef ref = ref("a", 7);
        DocumentPart part = whole(ref, info("hand_book.pdf", Map.of("author", "Kim")), "alpha beta");
        put(part);
        StoredPassage stored = see(view ->
                        view.matching("alpha", MetadataFilter.NONE, 1).flatMap(list -> view.load(list.candidates())))
                .getFirst();
        assertThat(stored)
                .isEqualTo(new StoredPassage(
                        "a", 7, part.info(), part.passages().getFirst().passage()));
    }

    @Test
    default void replacesAVersionWhole() {
        put(whole(ref("a", 1), "old one", "old two", "old three"));
        put(whole(ref("b", 1), "old other"));
        put(whole(ref("a", 2), "new one"));
        assertThat(matching("old new", MetadataFilter.NONE)).containsExactlyInAnyOrder("a#000", "b#000");
        assertThat(writer().head(COLLECTION, "a").map(Samples::timeless)).contains(Samples.head(2, false, 1));
    }

    @Test
    default void takesAVersionInSeveralParts() {
        VersionRef ref = ref("big", 1);
        DocumentHead head = writer().put(ref, parts(ref, info("f", Map.of()), MODEL, 2, "w1", "w2", "w3", "w4", "w5"));
        assertThat(timeless(head)).isEqualTo(Samples.head(1, false, 5));
        assertThat(matching("w1 w2 w3 w4 w5", MetadataFilter.NONE)).hasSize(5);
    }

    @Test
    default void keepsTheHighestVersionWhateverComesLate() {
        put(whole(ref("a", 3), "third"));
        assertThat(writer().put(ref("a", 2), List.of(whole(ref("a", 2), "second")))
                        .version())
                .isEqualTo(3);
        assertThat(writer().put(ref("a", 3), List.of(whole(ref("a", 3), "third again")))
                        .version())
                .isEqualTo(3);
        assertThat(matching("second third again", MetadataFilter.NONE)).containsExactly("a#000");
        assertThat(matching("again", MetadataFilter.NONE)).isEmpty();
    }

    @Test
    default void aDeletionBeatsEverythingOlderAndNothingNewer() {
        put(whole(ref("a", 1), "word"));
        assertThat(timeless(writer().remove(ref("a", 3)))).isEqualTo(Samples.head(3, true, 0));
        assertThat(matching("word", MetadataFilter.NONE)).isEmpty();
        assertThat(nearest("word", MetadataFilter.NONE, 10)).isEmpty();
        assertThat(timeless(writer().put(ref("a", 2), List.of(whole(ref("a", 2), "word")))))
                .isEqualTo(Samples.head(3, true, 0));
        assertThat(matching("word", MetadataFilter.NONE)).isEmpty();
        put(whole(ref("a", 4), "word"));
        assertThat(writer().remove(ref("a", 3)).version()).isEqualTo(4);
        assertThat(matching("word", MetadataFilter.NONE)).containsExactly("a#000");
    }

    @Test
    default void aRefusalKeepsWhatAnswersAndTakesNothingUpToIt() {
        put(whole(ref("a", 1), "first"));
        Instant committedAt = writer().head(COLLECTION, "a").orElseThrow().committedAt();
        assertThat(writer().refuse(ref("a", 3)).version()).isEqualTo(1);
        for (long late = 2; late <= 3; late++) {
            assertThat(writer().put(ref("a", late), List.of(whole(ref("a", late), "late")))
                            .version())
                    .isEqualTo(1);
        }
        assertThat(matching("first late", MetadataFilter.NONE)).containsExactly("a#000");
        assertThat(matching("late", MetadataFilter.NONE)).isEmpty();
        assertThat(writer().head(COLLECTION, "a")).contains(new DocumentHead(1, false, 1, 3, committedAt));
        put(whole(ref("a", 4), "fourth"));
        assertThat(matching("fourth", MetadataFilter.NONE)).containsExactly("a#000");
    }

    @Test
    default void aRefusalComesTooLateForWhatIsThere() {
        put(whole(ref("a", 2), "word"));
        assertThat(writer().refuse(ref("a", 2)).version()).isEqualTo(2);
        assertThat(writer().refuse(ref("a", 1)).refused()).isZero();
        assertThat(matching("word", MetadataFilter.NONE)).containsExactly("a#000");
    }

    @Test
    default void aRefusalIsKeptThroughADeletionThatComesLate() {
        put(whole(ref("a", 1), "word"));
        writer().refuse(ref("a", 4));
        writer().remove(ref("a", 2));
        put(whole(ref("a", 4), "word"));
        assertThat(matching("word", MetadataFilter.NONE)).isEmpty();
        assertThat(writer().refuse(ref("unknown", 1)).deleted()).isTrue();
        assertThat(writer().put(ref("unknown", 1), List.of(whole(ref("unknown", 1), "boo")))
                        .deleted())
                .isTrue();
    }

    @Test
    default void countsThePassagesOfADocument() {
        assertThat(writer().passageCount(COLLECTION, "a")).isZero();
        put(whole(ref("a", 1), "one", "two"));
        assertThat(writer().passageCount(COLLECTION, "a")).isEqualTo(2);
        writer().remove(ref("a", 2));
        assertThat(writer().passageCount(COLLECTION, "a")).isZero();
    }

    @Test
    default void remembersTheDeletionOfADocumentItNeverSaw() {
        assertThat(timeless(writer().remove(ref("ghost", 2)))).isEqualTo(Samples.head(2, true, 0));
        assertThat(writer().put(ref("ghost", 1), List.of(whole(ref("ghost", 1), "boo")))
                        .deleted())
                .isTrue();
    }

    @Test
    default void refusesVectorsOfAnotherModel() {
        put(whole(ref("a", 1), "one"));
        ModelRef other = new ModelRef("other", "ffff", 8);
        VersionRef ref = ref("b", 1);
        List<DocumentPart> parts = parts(ref, info("f", Map.of()), other, 1, "two");
        assertThatThrownBy(() -> writer().put(ref, parts)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.reason()).isEqualTo("MODEL_MISMATCH");
            assertThat(failure.message()).contains("hashed-words", "other");
            assertThat(failure.kind().retryable()).isFalse();
        });
        assertThat(writer().model(COLLECTION)).contains(MODEL);
        assertThat(matching("two", MetadataFilter.NONE)).isEmpty();
    }

    @Test
    default void anEmptyCollectionTakesAnotherModel() {
        put(whole(ref("a", 1), "one"));
        assertThat(writer().remove(ref("a", 2)).deleted()).isTrue();
        assertThat(writer().model(COLLECTION)).isEmpty();
        ModelRef other = new ModelRef("other", "ffff", 8);
        VersionRef ref = ref("a", 3);
        assertThat(writer().put(ref, parts(ref, info("f", Map.of()), other, 1, "two"))
                        .version())
                .isEqualTo(3);
        assertThat(writer().model(COLLECTION)).contains(other);
        List<Candidate> found = see(view -> view.nearest(vector("two", 8), MetadataFilter.NONE, 5))
                .candidates();
        assertThat(found).hasSize(1);
    }

    @Test
    default void refusesPartsThatDoNotFitTogether() {
        VersionRef ref = ref("a", 1);
        List<DocumentPart> parts = parts(ref, info("f", Map.of()), MODEL, 1, "one", "two");
        DocumentPart wrong = new DocumentPart(
                ref, 1, 2, 3, parts.get(1).info(), MODEL, parts.get(1).passages());
        assertThatThrownBy(() -> writer().put(ref, List.of(parts.getFirst(), wrong)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("PARTS_CONTRADICT"));
        put(whole(ref("b", 1), "fine"));
        assertThat(matching("one two fine", MetadataFilter.NONE)).containsExactly("b#000");
    }

    @Test
    default void filtersInsideBothSearches() {
        List<CompletableFuture<Void>> puts = new ArrayList<>();
        // Fewer at a time than the store lets wait.
        try (ExecutorService together = Executors.newFixedThreadPool(64)) {
            for (int i = 0; i < 300; i++) {
                String author = i == 123 ? "Kim" : "Lee";
                DocumentPart part =
                        whole(ref("d" + i, 1), info("f" + i + ".txt", Map.of("author", author)), "same words here");
                puts.add(CompletableFuture.runAsync(() -> put(part), together));
            }
            puts.forEach(CompletableFuture::join);
        }
        MetadataFilter kim = anyOf("author", "Kim");
        assertThat(nearest("something else entirely", kim, 1)).containsExactly("d123#000");
        assertThat(matching("words", kim)).containsExactly("d123#000");
        assertThat(matching("words", anyOf("documentId", "d1", "d2"))).containsExactly("d1#000", "d2#000");
        assertThat(matching("words", anyOf("filename", "f7.txt"))).containsExactly("d7#000");
        assertThat(matching("words", new MetadataFilter.All(List.of(kim, anyOf("documentId", "d1")))))
                .isEmpty();
        assertThat(matching("words", anyOf("author", "kim"))).isEmpty();
    }

    @Test
    default void filtersByValuesOfAnyLength() {
        String value = "x".repeat(8_000);
        put(whole(ref("a", 1), info("f", Map.of("long", value + "1")), "word"));
        put(whole(ref("b", 1), info("f", Map.of("long", value + "2")), "word"));
        assertThat(matching("word", anyOf("long", value + "2"))).containsExactly("b#000");
    }

    @Test
    default void breaksTiesByChunkId() {
        for (String id : List.of("c", "a", "d", "b")) {
            put(whole(ref(id, 1), "equal words"));
        }
        assertThat(matching("equal", MetadataFilter.NONE)).containsExactly("a#000", "b#000", "c#000", "d#000");
        assertThat(ids(see(view -> view.matching("equal", MetadataFilter.NONE, 2))))
                .containsExactly("a#000", "b#000");
        assertThat(nearest("equal words", MetadataFilter.NONE, 10)).containsExactly("a#000", "b#000", "c#000", "d#000");
    }

    @Test
    default void scoresAnyCandidateAsItsOwnListDoes() {
        put(whole(ref("a", 1), "red apples", "green apples and pears", "blue plums", "apples apples apples"));
        put(whole(ref("b", 1), "yellow bananas", "red plums"));
        try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            List<Candidate> dense = await(view.nearest(vector("red apples"), MetadataFilter.NONE, 10))
                    .candidates();
            List<Candidate> lexical =
                    await(view.matching("red apples", MetadataFilter.NONE, 10)).candidates();
            assertThat(dense).hasSize(6);
            assertThat(lexical).hasSize(4);
            List<Double> similarities = await(view.similarities(vector("red apples"), dense));
            for (int i = 0; i < dense.size(); i++) {
                assertThat(similarities.get(i)).isCloseTo(dense.get(i).score(), within(1e-5));
            }
            List<Double> relevances = await(view.relevances("red apples", dense));
            for (int i = 0; i < dense.size(); i++) {
                String chunkId = dense.get(i).chunkId();
                double expected = lexical.stream()
                        .filter(candidate -> candidate.chunkId().equals(chunkId))
                        .mapToDouble(Candidate::score)
                        .findFirst()
                        .orElse(0);
                assertThat(relevances.get(i)).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @Test
    default void aViewStaysAsItWasOpened() {
        put(whole(ref("a", 1), "first"));
        try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            put(whole(ref("a", 2), "second"));
            put(whole(ref("b", 1), "first"));
            CandidateList list = await(view.matching("first second", MetadataFilter.NONE, 10));
            assertThat(ids(list)).containsExactly("a#000");
            assertThat(await(view.load(list.candidates())).getFirst().version()).isEqualTo(1);
        }
    }

    @Test
    default void saysWhenAQueryHasTooManyWords() {
        put(whole(ref("a", 1), "word1 word999"));
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 1500; i++) {
            words.append(" word").append(i);
        }
        CandidateList list = see(view -> view.matching(words.toString(), MetadataFilter.NONE, 10));
        assertThat(list.queryTruncated()).isTrue();
        assertThat(ids(list)).containsExactly("a#000");
        assertThat(see(view -> view.matching("word1", MetadataFilter.NONE, 10)).queryTruncated())
                .isFalse();
    }

    @Test
    default void findsNothingForAQueryWithoutWords() {
        put(whole(ref("a", 1), "word"));
        assertThat(matching("?!… 🙂 \ud800", MetadataFilter.NONE)).isEmpty();
    }

    @Test
    default void doesNotKnowACollectionThatWasNeverWritten() {
        assertThatThrownBy(() -> await(index().open(CollectionAccess.toAllOf(new CollectionName("nowhere")))))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("COLLECTION_NOT_FOUND"));
        assertThat(await(index().collections())).isEmpty();
    }

    @Test
    default void countsDocumentsAndPassagesWithoutTheDeleted() {
        put(whole(ref("a", 1), "one", "two"));
        put(whole(ref("b", 1), "three"));
        put(whole(ref("c", 1), "four"));
        assertThat(writer().remove(ref("b", 2)).deleted()).isTrue();
        assertThat(await(index().collections()))
                .containsExactly(new CollectionInfo(COLLECTION, 2, 3, java.util.Optional.of(MODEL)));
    }

    @Test
    default void everySearchSeesVersionsWholeWhileTheyAreReplaced() throws Exception {
        String[] texts = IntStream.range(0, 20).mapToObj(i -> "word" + i).toArray(String[]::new);
        put(whole(ref("a", 1), texts));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService searches = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> looks = searches.submit(() -> {
                int count = 0;
                while (!done.get()) {
                    try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
                        CandidateList all = await(view.matching(String.join(" ", texts), MetadataFilter.NONE, 100));
                        assertThat(all.candidates()).hasSize(20);
                        assertThat(await(view.load(all.candidates())).stream()
                                        .map(StoredPassage::version)
                                        .distinct())
                                .hasSize(1);
                    }
                    count++;
                }
                return count;
            });
            for (int version = 2; version <= 60; version++) {
                put(whole(ref("a", version), texts));
            }
            done.set(true);
            assertThat(looks.get()).isPositive();
        }
    }

    @Test
    default void writersOfOneCollectionShareCommits() throws Exception {
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DocumentHead>> heads = IntStream.range(0, 200)
                    .mapToObj(i -> writers.submit(() ->
                            writer().put(ref("d" + i, 1), List.of(whole(ref("d" + i, 1), "shared")))))
                    .toList();
            for (Future<DocumentHead> head : heads) {
                assertThat(Samples.timeless(head.get())).isEqualTo(Samples.head(1, false, 1));
            }
        }
        try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            assertThat(await(view.matching("shared", MetadataFilter.NONE, 500)).candidates())
                    .hasSize(200);
        }
    }
}
