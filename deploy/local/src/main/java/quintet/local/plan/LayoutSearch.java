package quintet.local.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import quintet.failure.Failure;
import quintet.local.plan.model.KvCacheType;
import quintet.local.plan.model.ModelShape;
import quintet.local.plan.model.Quantization;

/**
 * Finds the fewest GPUs that carry a load, and among equally many the layout with the most tokens a second.
 *
 * <p>Tensor parallelism stays within a machine and divides the heads; a pipeline may go on in further machines; what then still
 * lacks is added as servers beside each other, so that each keeps its own prefix cache and falls or restarts alone.
 */
final class LayoutSearch {
    /** More sequences than any server is asked to take at once. */
    static final int MOST_SEQUENCES = 1024;

    private static final int MOST_STAGES = 16;
    private static final int STEP_OF_LARGE = 8192;
    private static final int STEP_OF_SMALL = 2048;
    private static final double GIB = 1L << 30;

    private final ModelShape model;
    private final Quantization quantization;
    private final KvCacheType cache;
    private final Gpu gpu;
    private final Drafter drafter;
    private final Workload load;
    private final int gpusPerNode;
    private final boolean pipelines;

    /** Takes a request's parts; {@code pipelines} whether layers may be put one after another on several GPUs. */
    LayoutSearch(ModelShape model, Quantization quantization, Drafter drafter, PlanRequest request, boolean pipelines) {
        this.model = model;
        this.quantization = quantization;
        this.cache = request.cache();
        this.gpu = request.gpu();
        this.drafter = drafter;
        this.load = request.load();
        this.gpusPerNode = request.gpusPerNode();
        this.pipelines = pipelines;
    }

    /**
     * Returns the candidates, best first; empty where the model does not fit.
     *
     * @param gpus how many there are; 0 for as many as needed
     */
    List<Candidate> search(int gpus) {
        List<Candidate> found = new ArrayList<>();
        for (int tensor = 1; tensor <= gpusPerNode; tensor++) {
            if (!divides(tensor)) {
                continue;
            }
            for (int stages = 1; stages <= Math.min(pipelines ? MOST_STAGES : 1, model.layers()); stages++) {
                Layout server = new Layout(tensor, stages, 1, gpusPerNode);
                if (fillsNodes(server) && (gpus != 0 || !linkedInstead(server))) {
                    candidate(server, gpus).ifPresent(found::add);
                }
            }
        }
        Comparator<Candidate> carriesAll = Comparator.comparing(this::carries).reversed();
        Comparator<Candidate> fewest =
                Comparator.comparingLong(candidate -> candidate.layout().gpus());
        Comparator<Candidate> fastest = Comparator.comparingDouble(
                        (Candidate candidate) -> candidate.speed().tokensPerSecond())
                .reversed();
        found.sort(carriesAll.thenComparing(fewest).thenComparing(fastest));
        return found;
    }

    /** Whether all sequences of the load run at the same time. */
    boolean carries(Candidate candidate) {
        return (long) candidate.serving() * candidate.layout().servers() >= load.concurrency();
    }

    /** Says why nothing was found. */
    Failure nothingFits(int gpus) {
        Setup whole = new Setup(model, quantization, cache, new Layout(1, 1, 1, gpusPerNode));
        return Failure.invalidInput(
                "DOES_NOT_FIT",
                "The model does not fit: its weights take %.1f GiB and a sequence of %,d tokens %.2f GiB, and an %s has %.1f GiB. Tried %s, up to %d"
                        + " GPUs of a machine for each layer%s. Take a larger GPU, more of them, quantized weights or a shorter context",
                whole.weightBytes() / GIB,
                load.contextTokens(),
                whole.cacheBytes(load.contextTokens()) / GIB,
                gpu.title(),
                gpu.memoryGib(),
                gpus == 0 ? "any number of GPUs" : gpus + " GPUs",
                gpusPerNode,
                pipelines
                        ? " and up to " + MOST_STAGES + " stages"
                        : " and no pipeline, because drafts can't be checked in one");
    }

    private boolean divides(int tensor) {
        boolean groups = quantization.group() == 0 || model.intermediate() / tensor % quantization.group() == 0;
        return gpusPerNode % tensor == 0
                && model.attention().divides(tensor)
                && model.intermediate() % tensor == 0
                && (!quantization.inCheckpoint() || groups)
                && drafter.divides(tensor);
    }

    /**
     * Within a machine with NVLink, GPUs share layers rather than follow each other: that shortens every token, and drafts can be checked. Without
     * NVLink a pipeline has less to tell, as vLLM's guide to parallelism says too.
     */
    private boolean linkedInstead(Layout server) {
        return server.pipelineParallel() > 1 && server.nodesOfServer() == 1 && gpu.joins(server.gpusOfServer());
    }

    /** A server has a part of one machine, or all GPUs of several. */
    private boolean fillsNodes(Layout server) {
        return server.gpusOfServer() <= gpusPerNode || server.gpusOfServer() % gpusPerNode == 0;
    }

    private Optional<Candidate> candidate(Layout server, int gpus) {
        if (gpus != 0 && gpus % server.gpusOfServer() != 0) {
            return Optional.empty();
        }
        Setup setup = new Setup(model, quantization, cache, server);
        int longest = sequences(setup, load.contextTokens());
        int usual = sequences(setup, load.sequenceTokens());
        if (longest == 0) {
            return Optional.empty();
        }
        int servers = gpus != 0 ? gpus / server.gpusOfServer() : Math.ceilDiv(load.concurrency(), usual);
        int serving = Math.min(usual, Math.ceilDiv(load.concurrency(), servers));
        int step = stepTokens(serving);
        return Optional.of(new Candidate(
                server.withServers(servers),
                GpuMemory.of(gpu, setup, drafter, step, serving),
                usual,
                longest,
                serving,
                step,
                Speed.of(gpu, setup, drafter, load, serving, servers)));
    }

    /** The most sequences whose keys and values fit beside what so many sequences need of activations. */
    private int sequences(Setup setup, int tokens) {
        long each = setup.cacheBytes(tokens)
                + drafter.cacheBytes(tokens, setup.layout().tensorParallel(), cache);
        IntPredicate fits = sequences -> GpuMemory.of(gpu, setup, drafter, stepTokens(sequences), sequences)
                        .cache()
                >= sequences * each;
        // What is needed grows with the number, so that halving finds the bound.
        int low = 0;
        int high = MOST_SEQUENCES;
        while (low < high) {
            int middle = Math.ceilDiv(low + high, 2);
            if (fits.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** vLLM's usual size of a step, or more where all sequences with their drafts would not get a turn. */
    private int stepTokens(int sequences) {
        int usual = gpu.large() ? STEP_OF_LARGE : STEP_OF_SMALL;
        int needed = Integer.highestOneBit(Math.max(1, sequences * (1 + drafter.tokens()) - 1)) * 2;
        return Math.max(usual, needed);
    }

    /** The first candidates with other layouts of a server, for comparison. */
    static List<Candidate> others(List<Candidate> found, int most) {
        return IntStream.range(1, Math.min(found.size(), most + 1))
                .mapToObj(found::get)
                .toList();
    }
}
