package quintet.encoder.graph;

/** How a graph keeps its weights and multiplies activations with them. */
interface Products {
    /** Looks up the vectors of words; returns the name of the result, {@code [tokens, hidden]}. */
    String words(GraphBuilder graph, Tensor table, String ids);

    /** Brings the activations at a place into the form that {@link #apply} takes; returns the name of the result. */
    String prepare(GraphBuilder graph, int layer, Site site, String activations);

    /**
     * Applies a linear layer; returns the name of the result.
     *
     * @param input what {@link #prepare} returned for this place, or some of its rows
     * @param name of the layer's constants
     */
    String apply(GraphBuilder graph, int layer, Site site, String input, Linear linear, String name);
}
