package quintet.local.plan;

/**
 * How GPUs share the work.
 *
 * @param tensorParallel GPUs that share each layer
 * @param pipelineParallel stages of layers, one after another
 * @param servers equal servers beside each other, each with all weights: data parallelism
 * @param gpusPerNode GPUs that a machine has
 */
public record Layout(int tensorParallel, int pipelineParallel, int servers, int gpusPerNode) {
    int gpusOfServer() {
        return tensorParallel * pipelineParallel;
    }

    /** All GPUs. */
    public long gpus() {
        return (long) gpusOfServer() * servers;
    }

    /** Machines that one server spans. */
    int nodesOfServer() {
        return Math.ceilDiv(gpusOfServer(), gpusPerNode);
    }

    int gpusOfNode() {
        return gpusOfServer() / nodesOfServer();
    }

    Layout withServers(int count) {
        return new Layout(tensorParallel, pipelineParallel, count, gpusPerNode);
    }

    /** In words. */
    String describe() {
        return "tensor %d x pipeline %d x %d %s"
                .formatted(tensorParallel, pipelineParallel, servers, servers == 1 ? "server" : "servers");
    }
}
