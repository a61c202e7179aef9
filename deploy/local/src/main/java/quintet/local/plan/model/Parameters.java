package quintet.local.plan.model;

/**
 * How many parameters a model has, by what servers do with them.
 *
 * @param embedding of input tokens, looked up and not multiplied
 * @param outputHead of output tokens; 0 where the embedding is used again
 * @param attention matrices that are shared out among GPUs
 * @param keyValue matrices of keys and values; copied where there are more GPUs than heads
 * @param replicated matrices of attention that every GPU holds whole
 * @param feedForward dense matrices and shared experts
 * @param experts matrices of all routed experts
 * @param small norms, biases, routers: never quantized
 * @param vision of the part that reads images: never quantized, on the first pipeline stage
 */
public record Parameters(
        long embedding,
        long outputHead,
        long attention,
        long keyValue,
        long replicated,
        long feedForward,
        long experts,
        long small,
        long vision) {
    /** All of them, as the checkpoint's index counts. */
    public long total() {
        return embedding + outputHead + layers() + small + vision;
    }

    /** The matrices of layers. */
    public long layers() {
        return attention + keyValue + replicated + feedForward + experts;
    }

    /** The matrix that makes scores of tokens, the embedding itself where it is tied. */
    public long head() {
        return outputHead == 0 ? embedding : outputHead;
    }

    /** Parameters that one token is multiplied with. */
    public double computed(Experts routed) {
        return attention + keyValue + replicated + feedForward + small + head() + experts * routed.computed();
    }
}
