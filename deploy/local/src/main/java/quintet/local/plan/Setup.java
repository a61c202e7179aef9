package quintet.local.plan;

import quintet.local.plan.model.KvCacheType;
import quintet.local.plan.model.ModelShape;
import quintet.local.plan.model.Parameters;
import quintet.local.plan.model.Quantization;

/**
 * One server: which model, kept how, shared out how. Sizes are those of the GPU that holds most.
 *
 * @param layout of one server; the number of servers does not matter here
 */
record Setup(ModelShape model, Quantization quantization, KvCacheType cache, Layout layout) {
    private static final int BYTES_OF_HALF = 2;

    /** Weights on one GPU, in bytes. */
    long weightBytes() {
        Parameters parameters = model.parameters();
        double tensor = layout.tensorParallel();
        double linear = (parameters.attention() + parameters.feedForward()) / tensor
                + parameters.keyValue() * copiedShare()
                + parameters.replicated();
        double layers = (linear * quantization.bytesOfLinear()
                        + parameters.experts() / tensor * quantization.bytesOfExpert()
                        + parameters.small() * (double) BYTES_OF_HALF)
                * stageShare();
        double first = (parameters.embedding() + parameters.vision()) / tensor;
        double last = parameters.outputHead() / tensor;
        double ends = layout.pipelineParallel() == 1 ? first + last : Math.max(first, last);
        return Math.round(layers + ends * BYTES_OF_HALF);
    }

    /** Weights that a step over {@code tokens} reads on one GPU of a stage, in bytes; experts only as far as they are hit. */
    double weightBytesRead(double tokens) {
        Parameters parameters = model.parameters();
        double linear = (parameters.attention() + parameters.feedForward()) / (double) layout.tensorParallel()
                + parameters.keyValue() * copiedShare()
                + parameters.replicated();
        double experts = parameters.experts()
                / (double) layout.tensorParallel()
                * model.experts().read(tokens);
        double head = (double) parameters.head() / layout.tensorParallel();
        return (linear * quantization.bytesOfLinear() + experts * quantization.bytesOfExpert() + head * BYTES_OF_HALF)
                / layout.pipelineParallel();
    }

    /** Keys and values of a sequence on one GPU, in bytes. */
    long cacheBytes(long tokens) {
        double bytes = (double) model.attention().cachedElements(layout.tensorParallel())
                * cache.bytes()
                * model.windows().allocatedTokens(tokens);
        return Math.round(bytes * stageShare());
    }

    /** Keys and values that a step reads for a sequence on one GPU, in bytes. */
    double cacheBytesRead(double tokens) {
        return (double) model.attention().cachedElements(layout.tensorParallel())
                * cache.bytes()
                * model.windows().attendedTokens(tokens)
                / layout.pipelineParallel();
    }

    /** Layers of the longest stage as a share of all. */
    private double stageShare() {
        int layers = model.layers();
        return (double) Math.ceilDiv(layers, layout.pipelineParallel()) / layers;
    }

    /** Share of the matrices of keys and values on one GPU: a head is copied where there are more GPUs than heads. */
    private double copiedShare() {
        return 1.0 / Math.min(layout.tensorParallel(), model.attention().keyValueHeads());
    }
}
