package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.arrived;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.key;
import static quintet.retrieve.Samples.parts;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.Samples;
import quintet.retrieve.adapter.file.StagingFixture;
import quintet.retrieve.adapter.lucene.LuceneFixture;
import quintet.retrieve.model.ArrivedPart;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VectorKey;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PartStaging;
import quintet.retrieve.port.PassageView;

/** Updates whose unchanged passages come without their vectors. */
class VectorReuseTest {
    @TempDir
    Path folder;

    private final RecordingEvents events = new RecordingEvents();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private LuceneFixture lucene;
    private PartStaging staging;
    private IndexPipeline pipeline;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(folder.resolve("index"));
        staging = StagingFixture.in(folder.resolve("staging"));
        pipeline = new IndexPipeline(lucene.writer(), lucene.vectors(), staging, events, meters);
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    private Map<VectorKey, UnitVector> indexed(String id, String... texts) {
        return lucene.vectors().find(ref(id, 99), MODEL, keys(texts));
    }

    private static Set<VectorKey> keys(String... texts) {
        return List.of(texts).stream().map(text -> key(MODEL, text)).collect(Collectors.toSet());
    }

    private double counted(String outcome) {
        return meters.counter("quintet.retrieve.vectors.reused", "outcome", outcome)
                .count();
    }

    @Test
    void takesTheVectorsOfUnchangedPassagesFromTheIndexBitForBit() {
        pipeline.add(whole(ref("a", 1), "red apples", "green pears", "blue plums"));
        pipeline.add(whole(ref("b", 1), "black berries"));
        pipeline.add(arrived(
                whole(ref("a", 2), "new words first", "blue plums", "red apples"), Set.of("red apples", "blue plums")));
        assertThat(indexed("a", "red apples", "green pears", "blue plums", "new words first", "black berries"))
                .isEqualTo(Map.of(
                        key(MODEL, "red apples"), vector("red apples"),
                        key(MODEL, "blue plums"), vector("blue plums"),
                        key(MODEL, "new words first"), vector("new words first")));
        assertThat(events.events).endsWith("indexed test/a@2 with 3");
        assertThat(counted("found")).isEqualTo(2);
    }

    @Test
    void answersExactlyAsIfEverythingHadBeenEmbedded() {
        DocumentPart last = whole(ref("a", 3), "one two", "three four", "five six", "seven");
        pipeline.add(whole(ref("a", 1), "one two", "three", "five six"));
        pipeline.add(arrived(whole(ref("a", 2), "three four", "one two", "five six"), Set.of("one two", "five six")));
        pipeline.add(arrived(last, Set.of("one two", "three four", "five six")));
        try (LuceneFixture fresh = new LuceneFixture(folder.resolve("fresh"))) {
            assertThat(fresh.writer().put(last.ref(), List.of(last)).version()).isEqualTo(3);
            for (String query : List.of("one", "three five", "seven two six")) {
                assertThat(search(lucene, query)).isEqualTo(search(fresh, query));
            }
        }
    }

    private static List<String> search(LuceneFixture lucene, String query) {
        try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            CandidateList dense = await(view.nearest(vector(query), MetadataFilter.NONE, 10));
            CandidateList lexical = await(view.matching(query, MetadataFilter.NONE, 10));
            List<String> found = new ArrayList<>();
            dense.candidates().forEach(each -> found.add(each.chunkId() + " " + each.score()));
            lexical.candidates().forEach(each -> found.add(each.chunkId() + " " + each.score()));
            return found;
        }
    }

    @Test
    void keepsNothingOfAPartWhoseVectorsAreMissingAndSaysSo() {
        pipeline.add(whole(ref("a", 1), "one", "two"));
        DocumentPart next = whole(ref("a", 2), "one", "two", "three", "four");
        pipeline.add(arrived(next, Set.of("one", "three", "four")));
        assertThat(events.events).endsWith("missing test/a@2 part 0 vectors 2");
        assertThat(staging.depth()).isZero();
        assertThat(counted("missing")).isEqualTo(2);
        assertThat(lucene.writer().head(COLLECTION, "a").orElseThrow().version())
                .isEqualTo(1);
        pipeline.add(arrived(next, Set.of()));
        assertThat(events.events).endsWith("indexed test/a@2 with 4");
    }

    @Test
    void doesNotCareForOlderVersionsOnceAPartIsStaged() {
        pipeline.add(whole(ref("a", 1), "one", "two"));
        List<DocumentPart> third = parts(ref("a", 3), info("f", Map.of()), MODEL, 1, "one", "two");
        pipeline.add(arrived(third.get(0), Set.of("one")));
        pipeline.add(whole(ref("a", 2), "neither"));
        pipeline.add(arrived(third.get(1), Set.of("two")));
        assertThat(events.events).endsWith("missing test/a@3 part 1 vectors 1");
        pipeline.add(arrived(third.get(1), Set.of()));
        assertThat(indexed("a", "one", "two")).hasSize(2).containsValue(vector("one"));
    }

    @Test
    void answersALateMessageWithWhatTheIndexHolds() {
        pipeline.add(whole(ref("a", 2), "two"));
        pipeline.add(arrived(whole(ref("a", 2), "gone"), Set.of("gone")));
        pipeline.add(arrived(whole(ref("a", 1), "gone"), Set.of("gone")));
        pipeline.remove(ref("a", 3));
        pipeline.add(arrived(whole(ref("a", 2), "two"), Set.of("two")));
        assertThat(events.events)
                .containsExactly(
                        "indexed test/a@2 with 1",
                        "indexed test/a@2 with 1",
                        "indexed test/a@2 with 1",
                        "removed test/a@3",
                        "removed test/a@3");
    }

    @Test
    void takesNoVectorOfAnotherModelOrOfUnknownMaking() {
        pipeline.add(whole(ref("a", 1), "one"));
        DocumentPart other = parts(
                        ref("a", 2), info("f", Map.of()), new ModelRef("other", "ff", MODEL.dimension()), 1, "one")
                .getFirst();
        assertThatThrownBy(() -> pipeline.add(arrived(other, Set.of("one"))))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("MODEL_MISMATCH"));
        DocumentPart keyless = whole(ref("b", 1), "one");
        pipeline.add(new DocumentPart(
                keyless.ref(),
                0,
                1,
                1,
                keyless.info(),
                MODEL,
                List.of(new EmbeddedPassage(keyless.passages().getFirst().passage(), vector("one")))));
        pipeline.add(arrived(whole(ref("b", 2), "one"), Set.of("one")));
        assertThat(events.events).endsWith("missing test/b@2 part 0 vectors 1");
    }

    /** Whatever comes in whatever order: each part that is asked for again is sent whole, and that is the end of it. */
    @Test
    void anyOrderOfUpdatesEndsWithTheNewestVersionAndItsVectors() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            String id = "doc" + round;
            List<List<String>> versions = new ArrayList<>();
            List<ArrivedPart> deliveries = new ArrayList<>();
            Map<String, DocumentPart> wholeParts = new HashMap<>();
            int count = 2 + random.nextInt(4);
            for (int version = 1; version <= count; version++) {
                List<String> texts = random.ints(1 + random.nextInt(6), 0, 8)
                        .mapToObj(i -> "w" + i)
                        .distinct()
                        .toList();
                // The registry may be behind: it compares with any version before.
                Set<String> unchanged =
                        versions.isEmpty() ? Set.of() : Set.copyOf(versions.get(random.nextInt(versions.size())));
                versions.add(texts);
                for (DocumentPart part : parts(
                        ref(id, version),
                        info("f", Map.of()),
                        MODEL,
                        1 + random.nextInt(3),
                        texts.toArray(String[]::new))) {
                    wholeParts.put(part.ref() + " part " + part.part(), part);
                    deliveries.add(arrived(part, unchanged));
                }
            }
            int once = deliveries.size();
            for (int i = random.nextInt(once + 1); i > 0; i--) {
                deliveries.add(deliveries.get(random.nextInt(once)));
            }
            Collections.shuffle(deliveries, random);
            String as = "seed %d round %d: %s".formatted(seed, round, deliveries);

            Deque<ArrivedPart> queue = new ArrayDeque<>(deliveries);
            int delivered = 0;
            while (!queue.isEmpty()) {
                assertThat(++delivered).as(as).isLessThanOrEqualTo(2 * deliveries.size());
                int before = events.events.size();
                pipeline.add(queue.removeFirst());
                for (String event : events.events.subList(before, events.events.size())) {
                    if (event.startsWith("missing ")) {
                        String part = event.substring("missing ".length(), event.indexOf(" vectors"));
                        queue.addLast(arrived(wholeParts.get(part), Set.of()));
                    }
                }
            }

            List<String> last = versions.getLast();
            assertThat(lucene.writer().head(COLLECTION, id).map(Samples::timeless))
                    .as(as)
                    .contains(Samples.head(count, false, last.size()));
            assertThat(indexed(id, "w0", "w1", "w2", "w3", "w4", "w5", "w6", "w7"))
                    .as(as)
                    .isEqualTo(last.stream().collect(Collectors.toMap(text -> key(MODEL, text), text -> vector(text))));
            MetadataFilter only = new MetadataFilter.In("documentId", new TreeSet<>(List.of(id)));
            try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
                assertThat(await(view.nearest(vector("w0"), only, 100)).candidates())
                        .as(as)
                        .hasSize(last.size());
            }
            pipeline.sweep();
            assertThat(staging.staged())
                    .as(as)
                    .extracting(VersionRef::documentId)
                    .doesNotContain(id);
        }
    }
}
