package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.Samples;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionInfo;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.Likeness;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.FilterContract;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageIndexContract;
import quintet.retrieve.port.PassageView;
import quintet.retrieve.port.PassageWriter;

class LucenePassageIndexTest implements PassageIndexContract, FilterContract {
    @TempDir
    Path folder;

    private LuceneFixture lucene;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(folder);
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    @Override
    public PassageIndex index() {
        return lucene.index();
    }

    @Override
    public PassageWriter writer() {
        return lucene.writer();
    }

    @Test
    void keepsEverythingThroughAReopening() {
        put(whole(ref("a", 1), "kept"));
        assertThat(writer().remove(ref("b", 5)).deleted()).isTrue();
        lucene.close();
        lucene = new LuceneFixture(folder);
        assertThat(matching("kept", MetadataFilter.NONE)).containsExactly("a#000");
        assertThat(writer().head(COLLECTION, "b").map(Samples::timeless)).contains(Samples.head(5, true, 0));
    }

    @Test
    void aDamagedIndexIsReportedAndLeavesTheOthersAlone() throws IOException {
        put(whole(ref("a", 1), "fine"));
        VersionRef other = new VersionRef(new CollectionName("damaged"), "a", 1);
        assertThat(writer().put(other, List.of(whole(other, "gone"))).version()).isEqualTo(1);
        lucene.close();
        try (Stream<Path> files = Files.list(folder.resolve("damaged"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("segments"))
                    .toList()) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        lucene = new LuceneFixture(folder);
        assertThatThrownBy(() -> await(index().open(CollectionAccess.toAllOf(other.collection()))))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo("INDEX_UNREADABLE");
                    assertThat(failure.message()).contains("'damaged'");
                });
        assertThat(matching("fine", MetadataFilter.NONE)).containsExactly("a#000");
        assertThat(await(index().collections()))
                .extracting(CollectionInfo::name)
                .containsExactly(COLLECTION);
    }

    @Test
    void keepsOpenOnlyAsManyCollectionsAsItMay() {
        lucene.close();
        lucene = new LuceneFixture(folder, Map.of("max-open", "3"));
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 8; i++) {
                VersionRef ref = new VersionRef(new CollectionName("c" + i), "a", round);
                assertThat(writer().put(ref, List.of(whole(ref, "round" + round)))
                                .version())
                        .isEqualTo(round);
            }
        }
        assertThat(IntStream.range(0, 8)
                        .mapToObj(i -> new CollectionName("c" + i))
                        .filter(name ->
                                lucene.collections().get(name).collection().isOpen()))
                .hasSizeLessThanOrEqualTo(3);
        assertThat(await(index().collections())).hasSize(8);
    }

    @Test
    void aSearchGoesOnWhenItsCollectionIsClosed() throws IOException {
        put(whole(ref("a", 1), "word"));
        try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            assertThat(lucene.collections().get(COLLECTION).collection().closeIfIdle())
                    .isTrue();
            assertThat(await(view.matching("word", MetadataFilter.NONE, 1)).candidates())
                    .hasSize(1);
        }
    }

    @Test
    void refusesSearchesBeyondItsQueue() {
        lucene.close();
        lucene = new LuceneFixture(folder, Map.of("search-threads", "1", "search-queue", "1"));
        put(whole(ref("a", 1), "word"));
        try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            List<java.util.concurrent.CompletableFuture<CandidateList>> searches = IntStream.range(0, 200)
                    .mapToObj(_ -> view.matching("word", MetadataFilter.NONE, 1).subscribeAsCompletionStage())
                    .toList();
            assertThat(searches)
                    .anySatisfy(search -> assertThatThrownBy(search::join)
                            .cause()
                            .isInstanceOfSatisfying(
                                    Failure.class,
                                    failure -> assertThat(failure.reason()).isEqualTo("OVERLOADED")));
        }
    }

    @Test
    void tellsHowAlikeCandidatesAre() {
        put(whole(ref("a", 1), "red apples", "green pears"));
        put(whole(ref("b", 1), "blue plums"));
        try (PassageView view = await(index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            List<Candidate> all = await(view.nearest(vector("blue pears"), MetadataFilter.NONE, 3))
                    .candidates();
            Likeness told = await(view.likeness(all.reversed()));
            Likeness expected = Likeness.of(all.reversed().stream()
                    .map(candidate -> await(view.load(List.of(candidate))).getFirst())
                    .map(stored -> vector(stored.passage().text()))
                    .toList());
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    assertThat(told.cosine(i, j)).isCloseTo(expected.cosine(i, j), within(1e-6));
                }
            }
            assertThat(await(view.likeness(List.of()))).isNotNull();
        }
    }

    @Test
    void saysWhatNoScoreOfAQueryReaches() {
        put(whole(ref("a", 1), "red apples", "green pears", "apples apples apples"));
        CandidateList apples = see(view -> view.matching("apples", MetadataFilter.NONE, 3));
        CandidateList zebra = see(view -> view.matching("apples zebra", MetadataFilter.NONE, 3));
        assertThat(apples.scoreBound().orElseThrow())
                .isGreaterThan(apples.candidates().getFirst().score());
        assertThat(zebra.scoreBound().orElseThrow())
                .isGreaterThan(2 * apples.scoreBound().orElseThrow());
        assertThat(see(view -> view.nearest(vector("apples"), MetadataFilter.NONE, 3))
                        .scoreBound())
                .isEmpty();
    }
}
