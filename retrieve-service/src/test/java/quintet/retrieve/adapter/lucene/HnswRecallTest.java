package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.normalised;
import static quintet.retrieve.Samples.passage;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.port.PassageIndexContract.anyOf;
import static quintet.retrieve.port.PassageIndexContract.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedPassage;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageView;

/** What the approximate search finds of what an exact one finds. */
class HnswRecallTest {
    private static final int QUERIES = 100;
    private static final int K = 10;
    private static final int PER_DOCUMENT = 100;

    @TempDir
    Path folder;

    @Test
    void findsTheNearestOfRealVectors() throws IOException {
        Path sift = Path.of(System.getProperty("quintet.data", "../../shared/data"), "ann-vectors/sift-dataset-5k.tsv");
        assumeTrue(Files.exists(sift), "skipped: no SIFT vectors at " + sift);
        List<UnitVector> vectors = new ArrayList<>();
        for (String line : Files.readAllLines(sift)) {
            String[] columns = line.strip().split("\t");
            float[] values = new float[128];
            for (int i = 0; i < 128; i++) {
                values[i] = Float.parseFloat(columns[i]);
            }
            vectors.add(normalised(values));
        }
        assertThat(recall(vectors, MetadataFilter.NONE)).isGreaterThan(0.97);
    }

    @Test
    void findsTheNearestOfRandomVectorsAlsoUnderAFilter() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<UnitVector> vectors = IntStream.range(0, 3000)
                .mapToObj(_ -> {
                    float[] values = new float[32];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (float) random.nextGaussian();
                    }
                    return normalised(values);
                })
                .toList();
        assertThat(recall(vectors, MetadataFilter.NONE)).isGreaterThan(0.95);
        assertThat(recall(vectors, anyOf("group", "0"))).isGreaterThan(0.95);
        assertThat(recall(vectors, anyOf("group", "0", "1", "2", "3", "4"))).isGreaterThan(0.95);
    }

    /** Returns recall@10 of the first vectors as queries; every tenth document is in group 0, and so on. */
    private double recall(List<UnitVector> vectors, MetadataFilter filter) throws IOException {
        Path data = Files.createTempDirectory(folder, "index");
        try (LuceneFixture lucene = new LuceneFixture(data)) {
            ModelRef model = new ModelRef("raw", "1", vectors.getFirst().dimension());
            for (int document = 0; document * PER_DOCUMENT < vectors.size(); document++) {
                VersionRef ref = ref("d%03d".formatted(document), 1);
                List<EmbeddedPassage> passages = new ArrayList<>();
                for (int i = 0; i < PER_DOCUMENT && document * PER_DOCUMENT + i < vectors.size(); i++) {
                    passages.add(new EmbeddedPassage(
                            passage(ref.documentId(), i, "x"), vectors.get(document * PER_DOCUMENT + i)));
                }
                DocumentPart part = new DocumentPart(
                        ref, 0, 1, passages.size(), info("f", Map.of("group", "" + document % 10)), model, passages);
                assertThat(lucene.writer().put(ref, List.of(part)).version()).isEqualTo(1);
            }
            Set<Integer> groups = new HashSet<>();
            if (filter instanceof MetadataFilter.In any) {
                any.values().forEach(value -> groups.add(Integer.parseInt(value)));
            }
            int found = 0;
            try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
                for (int q = 0; q < QUERIES; q++) {
                    UnitVector query = vectors.get(q * (vectors.size() / QUERIES));
                    Set<String> exact = exact(vectors, query, groups);
                    found += (int) await(view.nearest(query, filter, K)).candidates().stream()
                            .map(Candidate::chunkId)
                            .filter(exact::contains)
                            .count();
                }
            }
            double recall = found / (double) (QUERIES * K);
            System.out.printf("recall@%d of %d vectors, groups %s: %.4f%n", K, vectors.size(), groups, recall);
            return recall;
        }
    }

    private static Set<String> exact(List<UnitVector> vectors, UnitVector query, Set<Integer> groups) {
        float[] target = query.toArray();
        return new HashSet<>(IntStream.range(0, vectors.size())
                .filter(i -> groups.isEmpty() || groups.contains(i / PER_DOCUMENT % 10))
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> -dot(target, vectors.get(i).toArray())))
                .limit(K)
                .map(i -> "d%03d#%03d".formatted(i / PER_DOCUMENT, i % PER_DOCUMENT))
                .toList());
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
