package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.parts;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.Samples;
import quintet.retrieve.adapter.file.StagingFixture;
import quintet.retrieve.adapter.lucene.LuceneFixture;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PartStaging;
import quintet.retrieve.port.PassageView;

class IndexPipelineTest {
    @TempDir
    Path folder;

    private final RecordingEvents events = new RecordingEvents();
    private LuceneFixture lucene;
    private PartStaging staging;
    private IndexPipeline pipeline;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(folder.resolve("index"));
        staging = StagingFixture.in(folder.resolve("staging"));
        pipeline = new IndexPipeline(lucene.writer(), lucene.vectors(), staging, events, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    private List<DocumentPart> threeParts(String id, long version) {
        return parts(ref(id, version), info("f", Map.of()), MODEL, 1, "x" + version, "y" + version, "z" + version);
    }

    private int found(String words) {
        try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            return await(view.matching(words, MetadataFilter.NONE, 100))
                    .candidates()
                    .size();
        }
    }

    @Test
    void aVersionIsFoundOnceItsLastPartHasComeAndItsPartsAreForgotten() {
        List<DocumentPart> parts = threeParts("a", 1);
        pipeline.add(parts.get(2));
        pipeline.add(parts.get(0));
        assertThat(staging.depth()).isEqualTo(2);
        assertThat(lucene.writer().head(COLLECTION, "a")).isEmpty();
        pipeline.add(parts.get(1));
        assertThat(found("x1 y1 z1")).isEqualTo(3);
        assertThat(staging.depth()).isZero();
        assertThat(events.events)
                .containsExactly("staged test/a@1 part 2", "staged test/a@1 part 0", "indexed test/a@1 with 3");
    }

    @Test
    void aPartThatComesAgainDoesNotCompleteItsVersion() {
        List<DocumentPart> parts = threeParts("a", 1);
        pipeline.add(parts.get(0));
        pipeline.add(parts.get(0));
        pipeline.add(parts.get(0));
        assertThat(lucene.writer().head(COLLECTION, "a")).isEmpty();
        assertThat(staging.depth()).isEqualTo(1);
    }

    @Test
    void aVersionOfOnePartIsNotStagedAndForgetsThePartsOfOlderOnes() {
        pipeline.add(threeParts("a", 1).get(0));
        assertThat(staging.depth()).isEqualTo(1);
        pipeline.add(whole(ref("a", 2), "second"));
        assertThat(found("second")).isEqualTo(1);
        assertThat(staging.depth()).isZero();
        assertThat(events.events).containsExactly("staged test/a@1 part 0", "indexed test/a@2 with 1");
    }

    @Test
    void answersALateMessageWithWhatTheIndexHolds() {
        pipeline.add(whole(ref("a", 2), "second"));
        pipeline.add(whole(ref("a", 2), "second"));
        pipeline.add(whole(ref("a", 1), "first"));
        pipeline.remove(ref("a", 3));
        pipeline.remove(ref("a", 3));
        pipeline.add(whole(ref("a", 2), "second"));
        assertThat(events.events)
                .containsExactly(
                        "indexed test/a@2 with 1",
                        "indexed test/a@2 with 1",
                        "indexed test/a@2 with 1",
                        "removed test/a@3",
                        "removed test/a@3",
                        "removed test/a@3");
        assertThat(staging.depth()).isZero();
    }

    @Test
    void aDeletionForgetsPartsOfOlderVersions() {
        pipeline.add(threeParts("a", 1).get(0));
        pipeline.add(threeParts("a", 2).get(0));
        pipeline.add(threeParts("a", 4).get(0));
        pipeline.remove(ref("a", 3));
        assertThat(staging.staged()).containsExactly(ref("a", 4));
    }

    @Test
    void refusesAPartOfAnotherModelBeforeItIsStaged() {
        pipeline.add(whole(ref("a", 1), "one"));
        DocumentPart other = parts(ref("b", 1), info("f", Map.of()), new ModelRef("other", "ff", 8), 1, "t")
                .getFirst();
        assertThatThrownBy(() -> pipeline.add(other)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.reason()).isEqualTo("MODEL_MISMATCH");
            pipeline.giveUp(other.ref(), failure);
        });
        assertThat(staging.depth()).isZero();
        assertThat(events.events).contains("failed test/b@1 MODEL_MISMATCH");
    }

    @Test
    void isNotDoneBeforeTheEventIsConfirmed() {
        events.broken = true;
        assertThatThrownBy(() -> pipeline.add(whole(ref("a", 1), "one")))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.kind().retryable()).isTrue());
        events.broken = false;
        pipeline.add(whole(ref("a", 1), "one"));
        assertThat(events.events).containsExactly("indexed test/a@1 with 1");
    }

    @Test
    void theSweepFinishesWhatIsWholeAndForgetsWhatIsSuperseded() {
        threeParts("a", 1).forEach(staging::stage);
        staging.stage(threeParts("b", 1).get(0));
        pipeline.add(whole(ref("c", 5), "five"));
        staging.stage(threeParts("c", 4).get(0));
        pipeline.sweep();
        assertThat(found("x1 y1 z1")).isEqualTo(3);
        assertThat(staging.staged()).containsExactly(ref("b", 1));
        assertThat(events.events).contains("indexed test/a@1 with 3", "indexed test/c@5 with 1");
    }

    @Test
    void aDamagedPartFailsItsVersionAndNothingElse() throws IOException {
        List<DocumentPart> parts = threeParts("a", 1);
        pipeline.add(parts.get(0));
        try (Stream<Path> files = Files.walk(folder.resolve("staging"))) {
            Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }
        pipeline.add(parts.get(1));
        assertThatThrownBy(() -> pipeline.add(parts.get(2))).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.reason()).isEqualTo("STAGED_PART_DAMAGED");
            pipeline.giveUp(ref("a", 1), failure);
        });
        assertThat(staging.depth()).isZero();
        parts.forEach(pipeline::add);
        assertThat(found("x1 y1 z1")).isEqualTo(3);
    }

    /** One message about a document. */
    private sealed interface Delivery {
        record Part(DocumentPart part) implements Delivery {}

        record Deletion(VersionRef ref) implements Delivery {}
    }

    @Test
    void aCancelledVersionNeverComesInAndTheOneBeforeItGoesOnAnswering() {
        threeParts("a", 1).forEach(pipeline::add);
        List<DocumentPart> cancelled = threeParts("a", 2);
        pipeline.add(cancelled.get(0));
        pipeline.refuse(ref("a", 2));
        assertThat(staging.depth(COLLECTION, "a")).isZero();
        cancelled.forEach(pipeline::add);
        pipeline.sweep();
        assertThat(staging.depth(COLLECTION, "a")).isZero();
        assertThat(found("x1 y1 z1")).isEqualTo(3);
        assertThat(found("x2 y2 z2")).isZero();
        assertThat(pipeline.look(COLLECTION, "a").passageCount()).isEqualTo(3);
        assertThat(events.events).doesNotContain("indexed test/a@2 with 3");
        threeParts("a", 3).forEach(pipeline::add);
        assertThat(found("x3 y3 z3")).isEqualTo(3);
    }

    @Test
    void aCancellationThatComesTooLateIsAnsweredWithWhatTheIndexHolds() {
        threeParts("a", 1).forEach(pipeline::add);
        events.events.clear();
        pipeline.refuse(ref("a", 1));
        assertThat(events.events).containsExactly("indexed test/a@1 with 3");
        assertThat(found("x1 y1 z1")).isEqualTo(3);
    }

    @Test
    void aDocumentWhoseFirstVersionIsCancelledHoldsNothing() {
        List<DocumentPart> cancelled = threeParts("a", 1);
        pipeline.add(cancelled.get(0));
        pipeline.refuse(ref("a", 1));
        cancelled.forEach(pipeline::add);
        assertThat(pipeline.look(COLLECTION, "a").passageCount()).isZero();
        assertThat(pipeline.look(COLLECTION, "a").stagedPartCount()).isZero();
        threeParts("a", 2).forEach(pipeline::add);
        assertThat(found("x2 y2 z2")).isEqualTo(3);
    }

    @Test
    void anyOrderOfAnyDeliveriesWithDuplicatesEndsTheSame() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            String id = "doc" + round;
            List<Delivery> deliveries = new ArrayList<>();
            DocumentHead last = Samples.head(0, false, 0);
            int versions = 1 + random.nextInt(4);
            for (int version = 1; version <= versions; version++) {
                if (version > 1 && random.nextInt(4) == 0) {
                    deliveries.add(new Delivery.Deletion(ref(id, version)));
                    last = Samples.head(version, true, 0);
                } else {
                    String[] texts = IntStream.rangeClosed(0, random.nextInt(5))
                            .mapToObj(i -> "w" + i)
                            .toArray(String[]::new);
                    parts(ref(id, version), info("f", Map.of()), MODEL, 1 + random.nextInt(3), texts)
                            .forEach(part -> deliveries.add(new Delivery.Part(part)));
                    last = Samples.head(version, false, texts.length);
                }
            }
            int once = deliveries.size();
            for (int i = random.nextInt(once + 1); i > 0; i--) {
                deliveries.add(deliveries.get(random.nextInt(once)));
            }
            Collections.shuffle(deliveries, random);
            deliver(deliveries, random.nextBoolean());
            assertThat(lucene.writer().head(COLLECTION, id).map(Samples::timeless))
                    .as("seed %d round %d: %s", seed, round, deliveries)
                    .isEqualTo(Optional.of(last));
            try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
                MetadataFilter only = new MetadataFilter.In("documentId", new java.util.TreeSet<>(List.of(id)));
                assertThat(await(view.matching("w0 w1 w2 w3 w4 w5", only, 100)).candidates())
                        .as("seed %d round %d", seed, round)
                        .hasSize(last.passageCount());
            }
            pipeline.sweep();
            assertThat(staging.staged()).as("seed %d round %d", seed, round).isEmpty();
        }
    }

    private void deliver(List<Delivery> deliveries, boolean sideBySide) {
        try (ExecutorService consumers =
                sideBySide ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newSingleThreadExecutor()) {
            List<java.util.concurrent.Future<?>> all = new ArrayList<>();
            for (Delivery delivery : deliveries) {
                all.add(consumers.submit(() -> {
                    switch (delivery) {
                        case Delivery.Part part -> pipeline.add(part.part());
                        case Delivery.Deletion deletion -> pipeline.remove(deletion.ref());
                    }
                }));
            }
            for (java.util.concurrent.Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
