package quintet.local.plan;

import quintet.local.plan.model.ModelShape;
import quintet.local.plan.model.Quantization;

/**
 * How long steps take: the longer of moving the bytes and computing the products (Williams et al. 2009, roofline), and what GPUs
 * tell each other. Limits are what the data sheet allows; estimates take a share of it that good kernels reach.
 */
final class Roofline {
    /** Share of the memory's bandwidth that decoding reaches. */
    static final double BANDWIDTH_REACHED = 0.8;
    /** Share of the dense FLOPS that products reach. */
    static final double FLOPS_REACHED = 0.5;
    /** Share of the time that a stage of a pipeline is at work: steps are not equally long, so that stages wait for each other. */
    static final double PIPELINE_REACHED = 0.8;
    /** Scheduling, launching and sampling of a step, in seconds. */
    static final double STEP_OVERHEAD = 1e-3;

    private static final int BYTES_OF_HALF = 2;
    private static final int REDUCTIONS_PER_LAYER = 2;
    private static final double LINK_REACHED = 0.7;
    private static final double NVLINK_LATENCY = 10e-6;
    private static final double PCIE_LATENCY = 30e-6;
    /** Between machines: 100 Gb/s Ethernet, in bytes a second. */
    private static final double NETWORK = 12.5e9;

    private static final double NETWORK_LATENCY = 50e-6;

    private final Gpu gpu;
    private final Setup setup;
    private final ModelShape model;
    private final Layout layout;

    Roofline(Gpu gpu, Setup setup) {
        this.gpu = gpu;
        this.setup = setup;
        this.model = setup.model();
        this.layout = setup.layout();
    }

    /** Most tokens a second of one sequence: {@code bandwidth / (weights + keys and values)}, each read once for a token. */
    double decodeLimitAlone(double contextTokens) {
        double bytes = setup.weightBytesRead(1) + setup.cacheBytesRead(contextTokens);
        return bandwidth() / (bytes * layout.pipelineParallel());
    }

    /** Most prompt tokens a second: {@code FLOPS / (2 x parameters + attention)}. */
    double prefillLimit(int promptTokens) {
        return promptTokens * gpus() / prefillGpuSeconds(promptTokens, 1);
    }

    /** Whether a step of so many sequences waits for memory rather than for arithmetic. */
    boolean waitsForMemory(int sequences, int tokensEach, double contextTokens) {
        int batch = microBatch(sequences);
        return readSeconds(batch, tokensEach, contextTokens) >= computeSeconds(batch, tokensEach, contextTokens);
    }

    /**
     * Estimated time between two tokens of a sequence, in seconds.
     *
     * @param sequences that are decoded together; stages of a pipeline each have their part of them
     * @param tokensEach tokens a sequence, more than one where drafts are checked
     */
    double stepSeconds(int sequences, int tokensEach, double contextTokens) {
        int batch = microBatch(sequences);
        double stage = Math.max(
                        readSeconds(batch, tokensEach, contextTokens) / BANDWIDTH_REACHED,
                        computeSeconds(batch, tokensEach, contextTokens) / FLOPS_REACHED)
                + reduceSeconds((double) batch * tokensEach) / layout.pipelineParallel();
        int stages = layout.pipelineParallel();
        return stages * stage / stageReached() + (stages - 1) * hopSeconds((double) batch * tokensEach) + STEP_OVERHEAD;
    }

    /** Estimated time until a prompt is read, with nothing beside it, in seconds. */
    double prefillSeconds(int promptTokens) {
        double read =
                setup.weightBytesRead(promptTokens) * layout.pipelineParallel() / (bandwidth() * BANDWIDTH_REACHED);
        double compute = prefillGpuSeconds(promptTokens, FLOPS_REACHED) / layout.tensorParallel();
        return Math.max(read, compute) + reduceSeconds(promptTokens) + STEP_OVERHEAD;
    }

    /** Time that a prompt takes from the whole server when there are always others, in seconds. */
    double prefillShare(int promptTokens) {
        double share = prefillGpuSeconds(promptTokens, FLOPS_REACHED) / gpus()
                + reduceSeconds(promptTokens) / layout.pipelineParallel();
        return share / stageReached();
    }

    private double stageReached() {
        return layout.pipelineParallel() > 1 ? PIPELINE_REACHED : 1;
    }

    private int gpus() {
        return layout.gpusOfServer();
    }

    private double bandwidth() {
        return gpu.bandwidthGbps() * 1e9;
    }

    private int microBatch(int sequences) {
        return Math.ceilDiv(sequences, layout.pipelineParallel());
    }

    private double readSeconds(int batch, int tokensEach, double contextTokens) {
        return (setup.weightBytesRead((double) batch * tokensEach) + batch * setup.cacheBytesRead(contextTokens))
                / bandwidth();
    }

    private double computeSeconds(int batch, int tokensEach, double contextTokens) {
        double tokens = (double) batch * tokensEach;
        double products = tokens * 2 * model.parameters().computed(model.experts());
        double pairs = tokens * model.attention().pairFlops() * model.windows().attendedTokens(contextTokens);
        return (products / linearFlops() + pairs / attentionFlops()) / gpus();
    }

    /** Of one GPU, if it did all. */
    private double prefillGpuSeconds(int promptTokens, double reached) {
        double products = 2.0 * promptTokens * model.parameters().computed(model.experts());
        double pairs = model.attention().pairFlops() * model.windows().attendedPairs(promptTokens);
        return (products / linearFlops() + pairs / attentionFlops()) / reached;
    }

    private double linearFlops() {
        return gpu.flops(setup.quantization().method());
    }

    private double attentionFlops() {
        return gpu.flops(Quantization.Method.NONE);
    }

    /** Of all layers: a ring moves {@code 2 (n-1)/n} of the vectors through each link. */
    private double reduceSeconds(double tokens) {
        int members = layout.tensorParallel();
        if (members == 1) {
            return 0;
        }
        boolean joined = gpu.joins(members);
        double link = (joined ? gpu.nvlinkGbps() : gpu.pcieGbps()) * 1e9 / 2 * LINK_REACHED;
        double bytes = tokens * model.hiddenSize() * BYTES_OF_HALF * 2 * (members - 1) / members;
        return REDUCTIONS_PER_LAYER * model.layers() * ((joined ? NVLINK_LATENCY : PCIE_LATENCY) + bytes / link);
    }

    /** From one stage to the next. */
    private double hopSeconds(double tokens) {
        double bytes = tokens * model.hiddenSize() * BYTES_OF_HALF;
        return layout.nodesOfServer() > 1
                ? NETWORK_LATENCY + bytes / NETWORK
                : PCIE_LATENCY + bytes / (gpu.pcieGbps() * 1e9 / 2 * LINK_REACHED);
    }
}
