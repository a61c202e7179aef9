package quintet.retrieve.adapter.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.parts;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.port.PassageIndexContract.await;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageView;
import quintet.retrieve.port.PassageWriter;

/**
 * A process ends at a random call of Qdrant, before or after it was done, and another one takes its place: a version is seen whole
 * or not at all, nothing that was acknowledged is lost, and the same write again ends as if nothing had happened.
 */
class QdrantCrashTest {
    private static final List<String> DOCUMENTS = List.of("a", "b", "c");
    private static final int STEPS = 14;

    private final QdrantServer server = new QdrantServer();

    /** What is to be seen of a document: the version that answers, 0 for none, and how many passages it has. */
    private record Seen(long version, int passages) {
        static final Seen NOTHING = new Seen(0, 0);
    }

    private enum Kind {
        PUT,
        REMOVE,
        REFUSE
    }

    private record Step(Kind kind, VersionRef ref, int passages) {
        DocumentHead run(PassageWriter writer) {
            return switch (kind) {
                case PUT -> {
                    String[] texts = IntStream.range(0, passages)
                            .mapToObj(i -> "passage %d of %d".formatted(i, ref.version()))
                            .toArray(String[]::new);
                    yield writer.put(ref, parts(ref, info("f", Map.of()), MODEL, 2, texts));
                }
                case REMOVE -> writer.remove(ref);
                case REFUSE -> writer.refuse(ref);
            };
        }

        Seen after(Seen before) {
            return switch (kind) {
                case PUT -> new Seen(ref.version(), passages);
                case REMOVE -> Seen.NOTHING;
                case REFUSE -> before;
            };
        }
    }

    @Test
    void losesNothingThatWasAcknowledgedAndShowsNoHalfVersion() {
        long seed = Long.getLong("seed", System.nanoTime());
        int rounds = Integer.getInteger("crash.rounds", 12);
        System.out.println("seed " + seed + ", " + rounds + " rounds");
        int crashes = 0;
        try (server) {
            for (int round = 0; round < rounds; round++) {
                server.collections().all().clear();
                server.collections().aliases().clear();
                crashes += round(new Random(seed + round), "seed %d round %d".formatted(seed, round));
            }
        }
        assertThat(crashes).isGreaterThan(rounds);
    }

    private int round(Random random, String as) {
        int crashes = 0;
        Map<String, Seen> expected = new HashMap<>();
        QdrantFixture process = new QdrantFixture(server);
        for (int version = 1; version <= STEPS; version++) {
            String document = DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
            Step step = new Step(
                    version == 1 ? Kind.PUT : Kind.values()[Math.max(0, random.nextInt(5) - 2)],
                    ref(document, version),
                    1 + random.nextInt(5));
            Seen before = expected.getOrDefault(document, Seen.NOTHING);
            expected.put(document, step.after(before));
            endAt(random);
            Optional<DocumentHead> head = tried(step, process);
            server.let(_ -> QdrantServer.Fault.NONE);
            if (head.isEmpty()) {
                crashes++;
                process.kill();
                letLeaseEnd();
                process = new QdrantFixture(server);
                String step1 = "%s: %s".formatted(as, step);
                assertThat(seen(process, document, step1)).as(step1).isIn(before, step.after(before));
                assertThat(step.run(process.writer()).covers(version)).as(step1).isTrue();
            }
            for (String each : DOCUMENTS) {
                assertThat(seen(process, each, as))
                        .as("%s: %s after %s", as, each, step)
                        .isEqualTo(expected.getOrDefault(each, Seen.NOTHING));
            }
        }
        nothingIsLeftOver(process, expected, as);
        process.close();
        return crashes;
    }

    /** Lets everything fail from a call on that is yet to come, half of the time with that call done. */
    private void endAt(Random random) {
        int at = random.nextInt(24);
        boolean done = random.nextBoolean();
        AtomicInteger count = new AtomicInteger();
        server.let(_ -> {
            int call = count.getAndIncrement();
            if (call == at && done) {
                return QdrantServer.Fault.UNANSWERED;
            }
            return call >= at ? QdrantServer.Fault.REFUSED : QdrantServer.Fault.NONE;
        });
    }

    private static Optional<DocumentHead> tried(Step step, QdrantFixture process) {
        try {
            return Optional.of(step.run(process.writer()));
        } catch (Failure e) {
            assertThat(e.kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
            return Optional.empty();
        }
    }

    private void letLeaseEnd() {
        ServedCollection heads = server.collections().all().get("quintet.test.heads");
        if (heads != null) {
            heads.delete(PointsSelector.newBuilder()
                    .setPoints(PointsIdsList.newBuilder().addIds(PointIdFactory.id(Lease.ID)))
                    .build());
        }
    }

    private static Seen seen(QdrantFixture process, String document, String as) {
        if (process.writer().head(COLLECTION, document).isEmpty()) {
            return Seen.NOTHING;
        }
        try (PassageView view = await(process.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            MetadataFilter only = new MetadataFilter.In("documentId", new TreeSet<>(List.of(document)));
            CandidateList found = await(view.matching("passage", only, 100));
            List<StoredPassage> stored = await(view.load(found.candidates()));
            assertThat(process.writer().passageCount(COLLECTION, document))
                    .as(as)
                    .isEqualTo(stored.size());
            if (stored.isEmpty()) {
                return Seen.NOTHING;
            }
            assertThat(stored)
                    .as(as)
                    .extracting(StoredPassage::version)
                    .containsOnly(stored.getFirst().version());
            return new Seen(stored.getFirst().version(), stored.size());
        }
    }

    /** After all that was replaced is purged, Qdrant has the passages that are seen and a head of each document. */
    private void nothingIsLeftOver(QdrantFixture process, Map<String, Seen> expected, String as) {
        try (QdrantFixture cleaner = new QdrantFixture(server.url(), Map.of("keep-replaced", "-1s"))) {
            QdrantCollection collection = cleaner.collections().get(COLLECTION).collection();
            collection.purgeLater();
            collection.purge();
        }
        int passages = expected.values().stream().mapToInt(Seen::passages).sum();
        assertThat(server.collections().get("quintet.test").size()).as(as).isEqualTo(passages);
        assertThat(process.heads().page(COLLECTION, "", 10).size() + 2)
                .as(as)
                .isEqualTo(server.collections().get("quintet.test.heads").size());
    }
}
