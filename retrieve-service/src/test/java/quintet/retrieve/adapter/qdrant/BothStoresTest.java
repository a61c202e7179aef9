package quintet.retrieve.adapter.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.retrieve.adapter.lucene.LuceneFixture;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.Likeness;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.WeightedText;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageView;

/** Hybrid search is the same on both stores, since they give the same scores. */
class BothStoresTest {
    private static final int SHORT = 4;
    private static final int LONG = 12;

    @TempDir
    Path folder;

    private static String words(Random random, int count) {
        return random.ints(count, 0, 30)
                .mapToObj(i -> "word" + (char) ('a' + i * i / 30))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Double> scores(List<Candidate> candidates) {
        return candidates.stream().collect(Collectors.toMap(Candidate::chunkId, Candidate::score));
    }

    private static Map<String, Double> matching(PassageIndex index, String query) {
        try (PassageView view = await(index.open(CollectionAccess.toAllOf(COLLECTION)))) {
            return scores(await(view.matching(query, MetadataFilter.NONE, 100)).candidates());
        }
    }

    private static Map<String, Double> weighted(PassageIndex index, String query, String also) {
        LexicalQuery weighted = new LexicalQuery(query, List.of(new WeightedText(also, 0.3)));
        try (PassageView view = await(index.open(CollectionAccess.toAllOf(COLLECTION)))) {
            List<Candidate> found =
                    await(view.matching(weighted, MetadataFilter.NONE, 100)).candidates();
            assertThat(await(view.relevances(weighted, found)))
                    .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-5 ? 0 : 1)
                    .isEqualTo(found.stream().map(Candidate::score).toList());
            return scores(found);
        }
    }

    private static Map<String, Double> likeness(PassageIndex index) {
        try (PassageView view = await(index.open(CollectionAccess.toAllOf(COLLECTION)))) {
            List<Candidate> all =
                    await(view.nearest(vector("any"), MetadataFilter.NONE, 100)).candidates();
            Likeness likeness = await(view.likeness(all));
            return IntStream.range(0, all.size() * all.size())
                    .boxed()
                    .collect(Collectors.toMap(
                            i -> "%s and %s"
                                    .formatted(
                                            all.get(i / all.size()).chunkId(),
                                            all.get(i % all.size()).chunkId()),
                            i -> likeness.cosine(i / all.size(), i % all.size())));
        }
    }

    private static Map<String, Double> nearest(PassageIndex index, String query) {
        try (PassageView view = await(index.open(CollectionAccess.toAllOf(COLLECTION)))) {
            return scores(
                    await(view.nearest(vector(query), MetadataFilter.NONE, 100)).candidates());
        }
    }

    @Test
    void giveTheSameScores() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        try (LuceneFixture lucene = new LuceneFixture(folder);
                QdrantServer server = new QdrantServer();
                QdrantFixture qdrant = new QdrantFixture(
                        server.url(), Map.of("average-length", Integer.toString((SHORT + LONG) / 2)))) {
            try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 40; i++) {
                    DocumentPart part =
                            whole(ref("d" + i, 1), info("", Map.of()), words(random, i % 2 == 0 ? SHORT : LONG));
                    var _ = together.submit(() -> lucene.writer().put(part.ref(), List.of(part)));
                    var _ = together.submit(() -> qdrant.writer().put(part.ref(), List.of(part)));
                }
            }
            same(likeness(lucene.index()), likeness(qdrant.index()), "seed " + seed);
            for (int i = 0; i < 20; i++) {
                String query = words(random, 1 + random.nextInt(4));
                same(matching(lucene.index(), query), matching(qdrant.index(), query), "seed " + seed + ": " + query);
                String also = words(random, 2);
                same(
                        weighted(lucene.index(), query, also),
                        weighted(qdrant.index(), query, also),
                        "seed %d: %s also %s".formatted(seed, query, also));
                same(nearest(lucene.index(), query), nearest(qdrant.index(), query), "seed " + seed + ": " + query);
            }
        }
    }

    private static void same(Map<String, Double> expected, Map<String, Double> actual, String as) {
        assertThat(actual.keySet()).as(as).isEqualTo(expected.keySet());
        expected.forEach((id, score) -> assertThat(actual.get(id)).as(as).isCloseTo(score, within(1e-4)));
    }
}
