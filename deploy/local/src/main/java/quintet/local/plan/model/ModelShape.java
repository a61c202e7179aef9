package quintet.local.plan.model;

import static quintet.local.plan.model.Checks.require;

/**
 * What a model's {@code config.json} says about memory and work.
 *
 * @param type {@code model_type}
 * @param hiddenSize length of the vector of a token
 * @param widest the widest inner layer that a token goes through, in parameters of one vector
 * @param intermediate lengths that tensor parallelism must divide: the inner length of feed-forward layers or experts
 * @param vocabulary tokens that are known
 * @param contextLimit longest sequence, {@code max_position_embeddings}
 * @param checkpoint how the weights are kept
 */
public record ModelShape(
        String type,
        int hiddenSize,
        int widest,
        int intermediate,
        int vocabulary,
        int contextLimit,
        Attention attention,
        LayerWindows windows,
        Experts experts,
        Parameters parameters,
        Quantization checkpoint) {
    public ModelShape {
        require(hiddenSize > 0, "hidden_size is %d, must be positive", hiddenSize);
        require(vocabulary > 0, "vocab_size is %d, must be positive", vocabulary);
        require(contextLimit > 0, "max_position_embeddings is %d, must be positive", contextLimit);
    }

    public int layers() {
        return windows.layers();
    }

    /** Bytes of keys and values that a token takes over all layers, as long as no window lets go of it. */
    public long cacheBytesPerToken(int bytesOfNumber) {
        return attention.cachedElements(1) * layers() * bytesOfNumber;
    }

    /** Bytes of keys and values of a sequence of {@code tokens}, over all layers, in whole blocks. */
    public long cacheBytesOfSequence(long tokens, int bytesOfNumber) {
        return attention.cachedElements(1) * bytesOfNumber * windows.allocatedTokens(tokens);
    }
}
