package quintet.local.plan;

/**
 * Where the memory of one GPU goes, in bytes.
 *
 * @param total of the GPU
 * @param budget what the server may use of it, {@code --gpu-memory-utilization}
 * @param weights of the model
 * @param draft weights of what drafts tokens; 0 without one
 * @param activations of the largest step, estimated
 * @param graphs CUDA graphs, estimated
 * @param runtime CUDA context, libraries and buffers of communication, estimated
 * @param cache what is left for keys and values; negative where the rest does not fit
 */
public record GpuMemory(
        long total, long budget, long weights, long draft, long activations, long graphs, long runtime, long cache) {
    /** Share of the memory that the server may use. */
    static final double UTILIZATION = 0.90;

    private static final long MIB = 1L << 20;
    private static final int BYTES_OF_HALF = 2;
    /** Vectors of a token's hidden size that are alive at once: residual, normed, attention's output, next residual. */
    private static final int HIDDEN_VECTORS = 4;
    /** Inner vectors that are alive at once: gate, up and their product. */
    private static final int INNER_VECTORS = 3;
    /** Scores of the vocabulary in 32 bits, and their copy when they are sorted. */
    private static final int BYTES_OF_SCORE = 8;

    private static final long GRAPHS = 400 * MIB;
    private static final long RUNTIME = 700 * MIB;
    /** Buffers of NCCL and of the all-reduce of small messages. */
    private static final long COMMUNICATION = 500 * MIB;

    /**
     * Adds up.
     *
     * @param stepTokens most tokens of a step, {@code --max-num-batched-tokens}
     * @param sequences most sequences of a step, {@code --max-num-seqs}
     */
    static GpuMemory of(Gpu gpu, Setup setup, Drafter drafter, int stepTokens, int sequences) {
        int tensor = setup.layout().tensorParallel();
        long inner = Math.ceilDiv(setup.model().widest(), tensor);
        long perToken = BYTES_OF_HALF * (HIDDEN_VECTORS * (long) setup.model().hiddenSize() + INNER_VECTORS * inner);
        long scores = (long) sequences * (1 + drafter.tokens()) * setup.model().vocabulary() * BYTES_OF_SCORE / tensor;
        long activations = stepTokens * perToken + scores;
        long total = gpu.memoryBytes();
        long budget = (long) (total * UTILIZATION);
        long weights = setup.weightBytes();
        long draft = drafter.weightBytes(tensor);
        long runtime = RUNTIME + (setup.layout().gpusOfServer() > 1 ? COMMUNICATION : 0);
        long cache = budget - weights - draft - activations - GRAPHS - runtime;
        return new GpuMemory(total, budget, weights, draft, activations, GRAPHS, runtime, cache);
    }
}
