package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;
import org.junit.jupiter.api.Test;
import quintet.retrieve.model.IndexKind;

/** What is left of an index of every kind when the power goes at a random moment of a flush, a merge or a commit. */
class IndexKindCrashTest {
    private static final int SEEDS = Integer.getInteger("crash.seeds", 120);
    private static final int DIMENSION = 8;
    private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.EUCLIDEAN;
    private static final List<IndexKind> KINDS = List.of(
            IndexKind.of("exact", Map.of()),
            IndexKind.of("hnsw", Map.of("m", 8, "efConstruction", 40)),
            IndexKind.of("hnsw", Map.of("m", 8, "efConstruction", 40, "bits", 8)),
            IndexKind.of("random-projection", Map.of("trees", 4)),
            IndexKind.of("lsh", Map.of("tables", 8)),
            IndexKind.of("product-quantization", Map.of("subspaces", 4)));

    @Test
    void reopensWithTheLastCommitWheneverThePowerGoes() throws IOException {
        long first = Long.getLong("seed", System.nanoTime());
        int crashed = 0;
        for (int i = 0; i < SEEDS; i++) {
            crashed += survives(KINDS.get(i % KINDS.size()), first + i) ? 1 : 0;
        }
        System.out.printf("seeds %d to %d: the power went %d times%n", first, first + SEEDS - 1, crashed);
        assertThat(crashed).as("crashes that were in the middle").isGreaterThan(SEEDS / 2);
    }

    /** Returns whether the power went before everything was written. */
    private static boolean survives(IndexKind kind, long seed) throws IOException {
        Random random = new Random(seed);
        float[][] vectors = MadeUpVectors.mixture(random, 5000, DIMENSION, false);
        Set<Integer> before = new HashSet<>();
        Set<Integer> now = new HashSet<>();
        CrashDirectory directory = new CrashDirectory(random, 1 + random.nextInt(1200));
        directory.countWrites(false);
        try (VectorIndex index = new VectorIndex(directory, kind, SIMILARITY, new SerialMergeScheduler())) {
            index.put(0, Arrays.copyOfRange(vectors, 0, 1100));
            index.commit();
            before.addAll(index.vectors.keySet());
            now.addAll(before);
            directory.countWrites(true);
            for (int round = 0; round < 3; round++) {
                int from = random.nextInt(vectors.length - 1100);
                index.put(from, Arrays.copyOfRange(vectors, from, from + 1100));
                index.delete(List.of(random.nextInt(1100), from + random.nextInt(1100)));
                if (random.nextBoolean()) {
                    index.writer.forceMerge(1);
                }
                now = new HashSet<>(index.vectors.keySet());
                index.commit();
                before = now;
            }
        } catch (IOException | IllegalStateException e) {
            assertThat(directory.crashed()).as("seed %d: %s", seed, e).isTrue();
        }
        verify(directory.afterCrash(), kind, vectors, before, now, seed);
        return directory.crashed();
    }

    private static void verify(
            Directory after, IndexKind kind, float[][] vectors, Set<Integer> before, Set<Integer> now, long seed)
            throws IOException {
        VectorIndex.checkIntegrity(after);
        Set<Integer> found = ids(after);
        assertThat(found.equals(before) || found.equals(now))
                .as(
                        "seed %d, %s: %d vectors, must be the %d before or the %d after the last commit",
                        seed, kind.text(), found.size(), before.size(), now.size())
                .isTrue();
        try (VectorIndex index = new VectorIndex(after, kind, SIMILARITY, new SerialMergeScheduler())) {
            found.forEach(id -> index.vectors.put(id, vectors[id]));
            List<float[]> queries = index.queries(new Random(seed), 20);
            assertThat(index.recall(queries, 10, 0))
                    .as("seed %d, %s", seed, kind.text())
                    .isGreaterThan(0.9);
            index.put(0, vectors[0]);
            index.commit();
            assertThat(ids(after)).hasSize(index.vectors.size());
        }
    }

    private static Set<Integer> ids(Directory directory) throws IOException {
        Map<Integer, Integer> ids = new HashMap<>();
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                Bits live = leaf.reader().getLiveDocs();
                for (int document = 0; document < leaf.reader().maxDoc(); document++) {
                    if (live == null || live.get(document)) {
                        int id = leaf.reader()
                                .storedFields()
                                .document(document)
                                .getField("id")
                                .numericValue()
                                .intValue();
                        ids.merge(id, 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(ids.values()).as("copies of a vector").allMatch(count -> count == 1);
        return ids.keySet();
    }
}
