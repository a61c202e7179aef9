package quintet.encoder.graph;

import java.util.List;

/** Products in single precision. With {@code observed}, the activations in front of every matrix are outputs too. */
record FloatProducts(boolean observed) implements Products {
    @Override
    public String words(GraphBuilder graph, Tensor table, String ids) {
        return graph.gather("words", table, ids);
    }

    @Override
    public String prepare(GraphBuilder graph, int layer, Site site, String activations) {
        if (!observed) {
            return activations;
        }
        String place = graph.node("Identity", site.of(layer), List.of(activations));
        graph.output(place, Tensor.Type.FLOAT, "rows", "channels");
        return activations;
    }

    @Override
    public String apply(GraphBuilder graph, int layer, Site site, String input, Linear linear, String name) {
        return graph.node(
                "Gemm",
                name,
                List.of(
                        input,
                        graph.constant(name + ".weight", linear.weights()),
                        graph.constant(name + ".bias", linear.biases())));
    }
}
