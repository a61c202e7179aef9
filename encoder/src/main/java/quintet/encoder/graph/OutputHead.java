package quintet.encoder.graph;

import static quintet.encoder.graph.GraphBuilder.attribute;

import java.util.List;

/** What a graph makes of the rows of the last layer. */
sealed interface OutputHead {
    /** Whether the result is read from each text's first token alone. */
    boolean needsFirstRowsOnly();

    /** Whether the model reads pairs of texts, and so needs to know which text a token is of. */
    boolean readsPairs();

    /**
     * Adds the steps from the rows to the outputs.
     *
     * @param rows {@code [tokens, hidden]}, or {@code [batch, hidden]} with first rows only
     */
    void write(GraphBuilder graph, String rows, int hidden);

    /** {@code embeddings [batch, hidden]}: the vector of the first token, scaled to unit length. */
    record FirstToken() implements OutputHead {
        @Override
        public boolean needsFirstRowsOnly() {
            return true;
        }

        @Override
        public boolean readsPairs() {
            return false;
        }

        @Override
        public void write(GraphBuilder graph, String rows, int hidden) {
            graph.output(
                    unit(graph, rows, "embeddings"), Tensor.Type.FLOAT, PackedGraph.BATCH, Integer.toString(hidden));
        }
    }

    /** {@code embeddings [batch, hidden]}: the mean of the vectors of all tokens, scaled to unit length. */
    record Mean() implements OutputHead {
        @Override
        public boolean needsFirstRowsOnly() {
            return false;
        }

        @Override
        public boolean readsPairs() {
            return false;
        }

        @Override
        public void write(GraphBuilder graph, String rows, int hidden) {
            graph.input("text", Tensor.Type.INT64, PackedGraph.TOKENS);
            String batch = graph.node("Shape", "batch_size", List.of("lengths"));
            String shape = graph.node(
                    "Concat", "sums_shape", List.of(batch, graph.vector("hidden", hidden)), attribute("axis", 0));
            String sums = sums(graph, rows, "text", shape);
            graph.output(
                    unit(graph, sums, "embeddings"), Tensor.Type.FLOAT, PackedGraph.BATCH, Integer.toString(hidden));
        }
    }

    /**
     * {@code scores [batch]} and {@code span_logits [tokens, 2]} of a quintet-reader: relevance from the first token and from the cosine of
     * the sums of both texts' tokens; start and end of an answer.
     *
     * @param pool from the first token, followed by the hyperbolic tangent
     * @param score from there to the relevance, with the calibration
     * @param cosineGain factor of the cosine
     * @param span to the two logits of a token
     */
    record Reader(Linear pool, Linear score, float cosineGain, Linear span) implements OutputHead {
        @Override
        public boolean needsFirstRowsOnly() {
            return false;
        }

        @Override
        public boolean readsPairs() {
            return true;
        }

        @Override
        public void write(GraphBuilder graph, String rows, int hidden) {
            graph.output(gemm(graph, "span_logits", rows, span), Tensor.Type.FLOAT, PackedGraph.TOKENS, "2");
            graph.input("first", Tensor.Type.INT64, PackedGraph.BATCH);
            String first = graph.node("Gather", "first_rows", List.of(rows, "first"), attribute("axis", 0));
            String pooled = graph.node("Tanh", "pooled", List.of(gemm(graph, "pool", first, pool)));
            String relevance = gemm(graph, "relevance", pooled, score);
            String cosine = cosine(graph, rows, hidden);
            String gained =
                    graph.node("Mul", "gained", List.of(cosine, graph.constant("gain", Tensor.of(new float[] {cosineGain
                    }))));
            String sum = graph.node("Add", "score_rows", List.of(relevance, gained));
            graph.nodes("Squeeze", List.of("scores"), List.of(sum, graph.vector("last_axis", 1)));
            graph.output("scores", Tensor.Type.FLOAT, PackedGraph.BATCH);
        }

        private static String cosine(GraphBuilder graph, String rows, int hidden) {
            graph.input("text", Tensor.Type.INT64, PackedGraph.TOKENS);
            String doubled = graph.node("Mul", "first_sums", List.of("text", graph.vector("two", 2)));
            String indices = graph.node("Add", "sum_of_row", List.of(doubled, "token_type_ids"));
            String batch = graph.node("Shape", "batch_size", List.of("lengths"));
            String count = graph.node("Mul", "sum_count", List.of(batch, graph.vector("two", 2)));
            String shape = graph.node(
                    "Concat", "sums_shape", List.of(count, graph.vector("hidden", hidden)), attribute("axis", 0));
            String sums = unit(graph, sums(graph, rows, indices, shape), "directions");
            String sides = graph.node("Reshape", "sides", List.of(sums, graph.vector("two_rows_each", -1, 2, hidden)));
            graph.nodes(
                    "Split",
                    List.of("first_side", "second_side"),
                    List.of(sides, graph.vector("one_each", 1, 1)),
                    attribute("axis", 1));
            String products = graph.node("Mul", "side_products", List.of("first_side", "second_side"));
            return graph.node(
                    "ReduceSum",
                    "cosine",
                    List.of(products, graph.vector("all_but_batch", 2)),
                    attribute("keepdims", 0));
        }

        private static String gemm(GraphBuilder graph, String name, String rows, Linear linear) {
            return graph.node(
                    "Gemm",
                    name,
                    List.of(
                            rows,
                            graph.constant(name + ".weight", linear.weights()),
                            graph.constant(name + ".bias", linear.biases())));
        }
    }

    private static String unit(GraphBuilder graph, String rows, String name) {
        return graph.node("LpNormalization", name, List.of(rows), attribute("axis", 1), attribute("p", 2));
    }

    /** Adds rows up in their order, so that what else is in the batch does not change the rounding. */
    private static String sums(GraphBuilder graph, String rows, String indices, String shape) {
        String zeros = graph.node("ConstantOfShape", "zeros", List.of(shape));
        String places = graph.node("Unsqueeze", "sum_indices", List.of(indices, graph.vector("axis", 1)));
        return graph.node("ScatterND", "sums", List.of(zeros, places, rows), attribute("reduction", "add"));
    }
}
