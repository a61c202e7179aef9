package quintet.bench.retrieval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.index.VectorSimilarityFunction;

/** Vectors, queries that are none of them, and the exact answers. */
final class VectorSet {
    static final int K = 10;

    private final String name;
    private final VectorSimilarityFunction similarity;
    private final List<float[]> vectors;
    private final List<float[]> queries;
    private final List<Set<Integer>> nearest = new ArrayList<>();

    /** Takes the last {@code queries} of {@code all} as queries. */
    VectorSet(String name, VectorSimilarityFunction similarity, List<float[]> all, int queries) {
        this.name = name;
        this.similarity = similarity;
        this.vectors = all.subList(0, all.size() - queries);
        this.queries = all.subList(all.size() - queries, all.size());
        for (float[] query : this.queries) {
            float[] scores = scores(query);
            nearest.add(IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -scores[i]))
                    .limit(K)
                    .collect(Collectors.toSet()));
        }
    }

    String name() {
        return name;
    }

    VectorSimilarityFunction similarity() {
        return similarity;
    }

    List<float[]> vectors() {
        return vectors;
    }

    List<float[]> queries() {
        return queries;
    }

    int dimension() {
        return vectors.getFirst().length;
    }

    /** Returns the similarity of a query to each of the vectors. */
    float[] scores(float[] query) {
        float[] scores = new float[vectors.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = similarity.compare(query, vectors.get(i));
        }
        return scores;
    }

    /** Returns how many of the exact answers to a query are among {@code found}. */
    int hits(int query, int[] found) {
        Set<Integer> exact = nearest.get(query);
        int hits = 0;
        for (int each : found) {
            hits += exact.contains(each) ? 1 : 0;
        }
        return hits;
    }
}
