package quintet.encoder.graph;

import java.util.List;
import quintet.encoder.model.ModelException;

/**
 * The weights of a transformer encoder in BERT's arrangement: normalization behind each residual, learned positions.
 *
 * @param words {@code [vocabulary, hidden]}
 * @param positions {@code [maximum length, hidden]}
 * @param types {@code [2, hidden]}, or {@code [1, hidden]} for a model that reads single texts only
 * @param norm behind the sum of the three
 * @param layers from the first to the last
 * @param heads attention heads of a layer
 * @param attentionScale what products of queries and keys are multiplied with
 * @param epsilon of all normalizations
 */
record Transformer(
        Tensor words,
        Tensor positions,
        Tensor types,
        Norm norm,
        List<Layer> layers,
        int heads,
        float attentionScale,
        float epsilon) {

    Transformer {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || words.size(1) % heads != 0) {
            throw new ModelException("%d layers of width %d with %d heads make no transformer"
                    .formatted(layers.size(), words.size(1), heads));
        }
    }

    /** A layer normalization, both {@code [hidden]}. */
    record Norm(Tensor gain, Tensor bias) {}

    /**
     * One layer.
     *
     * @param qkv queries, keys and values side by side, {@code hidden} to {@code 3 hidden}
     * @param output behind attention
     * @param up to the width of the feed-forward part, followed by Gelu
     * @param down back to {@code hidden}
     */
    record Layer(Linear qkv, Linear output, Norm attentionNorm, Linear up, Linear down, Norm outputNorm) {}

    int hidden() {
        return words.size(1);
    }
}
