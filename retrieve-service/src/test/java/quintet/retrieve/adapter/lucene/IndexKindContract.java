package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quintet.retrieve.model.IndexKind;

/** What every kind of index must do, with parameters by which it has work of its own to do in few vectors. */
interface IndexKindContract {
    double RECALL = 0.95;

    IndexKind kind();

    private VectorIndex index(VectorSimilarityFunction similarity) throws IOException {
        return new VectorIndex(new ByteBuffersDirectory(), kind(), similarity);
    }

    private static Random random() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    /** Puts vectors in several commits, so that there are several segments. */
    private static void put(VectorIndex index, float[][] vectors, int... sizes) throws IOException {
        int at = 0;
        for (int size : sizes) {
            index.put(at, Arrays.copyOfRange(vectors, at, at + size));
            index.commit();
            at += size;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COSINE", "DOT_PRODUCT", "EUCLIDEAN"})
    default void findsWhatExactSearchFinds(VectorSimilarityFunction similarity) throws IOException {
        Random random = random();
        boolean unit = similarity == VectorSimilarityFunction.DOT_PRODUCT;
        try (VectorIndex index = index(similarity)) {
            put(index, MadeUpVectors.mixture(random, 6000, 48, unit), 4000, 1500, 500);
            List<float[]> queries = index.queries(random, 100);
            double several = index.recall(queries, 10, 0);
            index.writer.forceMerge(1);
            index.commit();
            double one = index.recall(queries, 10, 0);
            System.out.printf(
                    "%s, %s: recall@10 %.4f in segments, %.4f in one%n", kind().text(), similarity, several, one);
            assertThat(several).isGreaterThanOrEqualTo(RECALL);
            assertThat(one).isGreaterThanOrEqualTo(RECALL);
        }
    }

    @Test
    default void findsTheNearestOfRealVectors() throws IOException {
        Path shared = Path.of(System.getenv().getOrDefault("QUINTET_SHARED_DATA", "../../shared/data"));
        Path sift = shared.resolve("ann-vectors/sift-dataset-5k.tsv");
        assumeTrue(Files.exists(sift), "skipped: no SIFT vectors at " + sift);
        float[][] vectors;
        try (Stream<String> lines = Files.lines(sift)) {
            vectors = lines.map(line -> {
                        String[] columns = line.strip().split("\t");
                        float[] vector = new float[128];
                        for (int i = 0; i < vector.length; i++) {
                            vector[i] = Float.parseFloat(columns[i]);
                        }
                        return vector;
                    })
                    .toArray(float[][]::new);
        }
        try (VectorIndex index = index(VectorSimilarityFunction.EUCLIDEAN)) {
            put(index, vectors, vectors.length - 100);
            double recall = index.recall(List.of(vectors).subList(vectors.length - 100, vectors.length), 10, 0);
            System.out.printf("%s, SIFT: recall@10 %.4f%n", kind().text(), recall);
            assertThat(recall).isGreaterThanOrEqualTo(RECALL);
        }
    }

    @Test
    default void scoresByTheVectorsThemselves() throws IOException {
        Random random = random();
        try (VectorIndex index = index(VectorSimilarityFunction.COSINE)) {
            put(index, MadeUpVectors.mixture(random, 2000, 24, false), 2000);
            float[] query = index.queries(random, 1).getFirst();
            try (DirectoryReader reader = DirectoryReader.open(index.directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                List<Integer> ids = index.search(reader, query, 10, 0);
                ScoreDoc[] hits = searcher.search(index.query(query, 10, 0), 10).scoreDocs;
                for (int i = 0; i < hits.length; i++) {
                    float exact = VectorSimilarityFunction.COSINE.compare(query, index.vectors.get(ids.get(i)));
                    assertThat(hits[i].score).isCloseTo(exact, org.assertj.core.api.Assertions.within(1e-5f));
                }
            }
        }
    }

    @Test
    default void respectsFiltersOfEverySelectivity() throws IOException {
        Random random = random();
        try (VectorIndex index = index(VectorSimilarityFunction.DOT_PRODUCT)) {
            put(index, MadeUpVectors.mixture(random, 8000, 32, true), 6000, 2000);
            List<float[]> queries = index.queries(random, 50);
            for (int per1000 : List.of(1, 10, 100, 500, 1000)) {
                double recall = index.recall(queries, 10, per1000);
                System.out.printf("%s: recall@10 %.4f at %.1f %%%n", kind().text(), recall, per1000 / 10.0);
                assertThat(recall).as("of %d of 1,000", per1000).isGreaterThanOrEqualTo(RECALL);
                for (float[] query : queries) {
                    assertThat(index.search(query, 10, per1000)).allMatch(id -> VectorIndex.in(per1000, id));
                }
            }
        }
    }

    @Test
    default void fillsThePageWhenAFilterLeavesEnough() throws IOException {
        Random random = random();
        try (VectorIndex index = index(VectorSimilarityFunction.DOT_PRODUCT)) {
            put(index, MadeUpVectors.mixture(random, 3000, 16, true), 3000);
            for (float[] query : index.queries(random, 20)) {
                for (int per1000 : List.of(0, 10, 100, 500)) {
                    int matches = index.nearest(query, 3000, id -> per1000 == 0 || VectorIndex.in(per1000, id))
                            .size();
                    assertThat(index.search(query, 200, per1000)).hasSize(Math.min(200, matches));
                }
            }
        }
    }

    @Test
    default void deletesNeverComeBack() throws IOException {
        Random random = random();
        try (VectorIndex index = index(VectorSimilarityFunction.EUCLIDEAN)) {
            float[][] vectors = MadeUpVectors.mixture(random, 3000, 24, false);
            put(index, vectors, 2000, 1000);
            Set<Integer> deleted = new HashSet<>();
            for (int id = 0; id < vectors.length; id++) {
                if (random.nextInt(3) == 0) {
                    deleted.add(id);
                }
            }
            index.delete(deleted);
            index.commit();
            for (String when : List.of("before a merge", "after a merge")) {
                for (int id : deleted) {
                    if (id % 10 == 0) {
                        assertThat(index.search(vectors[id], 10, 0))
                                .as(when)
                                .hasSize(10)
                                .doesNotContainAnyElementsOf(deleted);
                    }
                }
                assertThat(index.recall(index.queries(random, 50), 10, 0))
                        .as(when)
                        .isGreaterThanOrEqualTo(RECALL);
                index.writer.forceMerge(1);
                index.commit();
            }
        }
    }

    @Test
    default void updatesReplace() throws IOException {
        Random random = random();
        try (VectorIndex index = index(VectorSimilarityFunction.DOT_PRODUCT)) {
            put(index, MadeUpVectors.mixture(random, 2500, 24, true), 2500);
            int id = found(index);
            float[] before = index.vectors.get(id).clone();
            float[] after = before.clone();
            for (int i = 0; i < after.length; i++) {
                after[i] = -after[i];
            }
            index.put(id, after);
            assertThat(index.search(before, 1, 0)).containsExactly(id);
            index.commit();
            assertThat(index.search(before, 10, 0)).doesNotContain(id);
            assertThat(index.search(after, 1, 0)).containsExactly(id);
        }
    }

    /** Returns the id of a vector that is found by itself, which is true of most. */
    private static int found(VectorIndex index) throws IOException {
        for (int id : index.vectors.keySet()) {
            if (index.search(index.vectors.get(id), 1, 0).equals(List.of(id))) {
                return id;
            }
        }
        throw new AssertionError("no vector finds itself");
    }

    @Test
    default void reopensWithTheLastCommit(@TempDir Path folder) throws IOException {
        Random random = random();
        float[][] vectors = MadeUpVectors.mixture(random, 3000, 16, true);
        List<Integer> found;
        try (VectorIndex index =
                new VectorIndex(FSDirectory.open(folder), kind(), VectorSimilarityFunction.DOT_PRODUCT)) {
            put(index, vectors, 2000);
            found = index.search(vectors[0], 50, 0);
            index.put(2000, Arrays.copyOfRange(vectors, 2000, 3000));
            index.delete(found);
            index.writer.flush();
        }
        try (VectorIndex index =
                new VectorIndex(FSDirectory.open(folder), kind(), VectorSimilarityFunction.DOT_PRODUCT)) {
            assertThat(index.search(vectors[0], 50, 0)).isEqualTo(found);
        }
    }

    @Test
    default void detectsACorruptByte(@TempDir Path folder) throws IOException {
        Random random = random();
        try (VectorIndex index =
                new VectorIndex(FSDirectory.open(folder), kind(), VectorSimilarityFunction.DOT_PRODUCT)) {
            index.writer.getConfig().setUseCompoundFile(false);
            put(index, MadeUpVectors.mixture(random, 2000, 16, true), 2000);
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().matches(".*VectorsFormat_.*|.*Format_\\d+\\.v.*"))
                    .sorted()
                    .toList();
        }
        assertThat(files).as("files of vectors").hasSizeGreaterThanOrEqualTo(2);
        for (Path file : files) {
            for (int i = 0; i < 8; i++) {
                byte[] intact = Files.readAllBytes(file);
                byte[] corrupt = intact.clone();
                int at = random.nextInt(corrupt.length);
                corrupt[at] ^= (byte) (1 + random.nextInt(255));
                Files.write(file, corrupt, StandardOpenOption.TRUNCATE_EXISTING);
                try (FSDirectory directory = FSDirectory.open(folder)) {
                    assertThatThrownBy(() -> VectorIndex.checkIntegrity(directory))
                            .as("byte %d of %s", at, file.getFileName())
                            .isInstanceOfAny(
                                    CorruptIndexException.class,
                                    IndexFormatTooNewException.class,
                                    IndexFormatTooOldException.class);
                }
                Files.write(file, intact, StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
    }

    @Test
    default void mergingKeepsWhatIsFound() throws IOException {
        Random random = random();
        try (VectorIndex index = index(VectorSimilarityFunction.DOT_PRODUCT)) {
            float[][] vectors = MadeUpVectors.mixture(random, 3000, 16, true);
            put(index, vectors, 1200, 300, 1500);
            index.writer.forceMerge(1);
            index.commit();
            assertThat(index.recall(List.of(vectors), 1, 0)).isGreaterThanOrEqualTo(0.98);
        }
    }

    @Test
    default void isReadWhileItIsWritten() throws Exception {
        Random random = random();
        float[][] vectors = MadeUpVectors.mixture(random, 6000, 16, true);
        try (VectorIndex index = index(VectorSimilarityFunction.DOT_PRODUCT);
                ExecutorService readers = Executors.newFixedThreadPool(3)) {
            put(index, vectors, 2000);
            AtomicBoolean done = new AtomicBoolean();
            LongAdder searched = new LongAdder();
            List<Future<Integer>> searches = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                int first = reader;
                searches.add(readers.submit(() -> {
                    int count = 0;
                    while (!done.get()) {
                        try (DirectoryReader commit = DirectoryReader.open(index.directory)) {
                            for (int i = first; i < 2000; i += 97) {
                                assertThat(index.search(commit, vectors[i], 1, 0))
                                        .containsExactly(i);
                                count++;
                            }
                        }
                    }
                    return count;
                }));
            }
            try {
                for (int at = 2000; at < vectors.length; at += 500) {
                    index.put(at, Arrays.copyOfRange(vectors, at, at + 500));
                    index.delete(IntStream.range(at - 500, at - 490)
                            .filter(i -> i >= 2000)
                            .boxed()
                            .toList());
                    index.commit();
                }
            } finally {
                done.set(true);
            }
            int found = 0;
            for (Future<Integer> search : searches) {
                found += search.get(60, TimeUnit.SECONDS);
            }
            assertThat(found).isPositive().isGreaterThanOrEqualTo((int) (0.98 * searched.sum()));
        }
    }
}
