package quintet.bench.retrieval;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.quantization.PQVectors;
import io.github.jbellis.jvector.quantization.ProductQuantization;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** jvector in memory, over 32-bit floats or by product quantization with re-ranking, with a graph as large as Lucene's. */
final class Jvector implements Contender {
    private static final int DEGREE = 32; // Lucene's m of 16 has twice as many neighbours on the ground floor
    private static final int EF_CONSTRUCTION = 100;
    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;
    private static final int CLUSTERS = 256;

    private final VectorTypeSupport types = VectorizationProvider.getInstance().getVectorTypeSupport();
    private final VectorSimilarityFunction similarity;
    private final List<Integer> efs;
    private final RandomAccessVectorValues vectors;
    private final ImmutableGraphIndex graph;
    private final GraphSearcher searcher;
    private final @Nullable PQVectors codes;
    private final long bytes;

    /**
     * Builds the index.
     *
     * @param subspaces of product quantization, or 0 for none
     */
    Jvector(List<Integer> efs, VectorSet set, int subspaces) throws IOException {
        this.efs = efs;
        similarity = VectorSimilarityFunction.valueOf(set.similarity().name());
        List<VectorFloat<?>> all = new ArrayList<>();
        set.vectors().forEach(vector -> all.add(types.createFloatVector(vector)));
        vectors = new ListRandomAccessVectorValues(all, set.dimension());
        BuildScoreProvider scores = BuildScoreProvider.randomAccessScoreProvider(vectors, similarity);
        try (GraphIndexBuilder builder =
                new GraphIndexBuilder(scores, set.dimension(), DEGREE, EF_CONSTRUCTION, OVERFLOW, ALPHA, true, true)) {
            graph = builder.build(vectors);
        }
        searcher = new GraphSearcher(graph);
        codes = subspaces == 0
                ? null
                : PQVectors.encodeAndBuild(
                        ProductQuantization.compute(
                                vectors, subspaces, CLUSTERS, similarity == VectorSimilarityFunction.EUCLIDEAN),
                        vectors.size(),
                        vectors,
                        ForkJoinPool.commonPool());
        bytes = (long) vectors.size() * set.dimension() * Float.BYTES
                + graph.ramBytesUsed()
                + (codes == null ? 0 : codes.ramBytesUsed());
    }

    @Override
    public String name() {
        return codes == null ? "jvector fp32" : "jvector PQ";
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int settings() {
        return efs.size();
    }

    @Override
    public String setting(int setting) {
        return "{ef=" + efs.get(setting) + "}";
    }

    @Override
    public int[] search(float[] query, int setting) {
        VectorFloat<?> target = types.createFloatVector(query);
        SearchScoreProvider scores = codes == null
                ? DefaultSearchScoreProvider.exact(target, similarity, vectors)
                : new DefaultSearchScoreProvider(
                        codes.precomputedScoreFunctionFor(target, similarity), vectors.rerankerFor(target, similarity));
        SearchResult.NodeScore[] nodes = searcher.search(scores, VectorSet.K, efs.get(setting), 0f, 0f, Bits.ALL)
                .getNodes();
        int[] found = new int[nodes.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = nodes[i].node;
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        searcher.close();
        graph.close();
    }
}
