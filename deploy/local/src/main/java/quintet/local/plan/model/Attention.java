package quintet.local.plan.model;

import static quintet.local.plan.model.Checks.require;

/** What the attention of one layer keeps of a token, and what it computes. */
public sealed interface Attention {
    /** Query heads. */
    int heads();

    /**
     * Numbers that one GPU keeps for a token in one layer.
     *
     * @param tensorParallel GPUs that share the layer
     */
    long cachedElements(int tensorParallel);

    /** Floating-point operations of one query token with one key token in one layer, over all heads. */
    long pairFlops();

    /** Heads that are shared out among GPUs, or copied where there are more GPUs than heads. */
    int keyValueHeads();

    /** In words. */
    String describe();

    /** Tells whether heads can be shared out evenly; key and value heads may be copied instead. */
    default boolean divides(int tensorParallel) {
        return heads() % tensorParallel == 0
                && (keyValueHeads() % tensorParallel == 0 || tensorParallel % keyValueHeads() == 0);
    }

    /** Attention in which each head has keys and values of its own (Vaswani et al. 2017). */
    record MultiHead(int heads, int headDim) implements Attention {
        public MultiHead {
            require(heads > 0 && headDim > 0, "heads are %d of %d, must be positive", heads, headDim);
        }

        @Override
        public long cachedElements(int tensorParallel) {
            return 2L * headsOfOne(heads, tensorParallel) * headDim;
        }

        @Override
        public long pairFlops() {
            return 4L * heads * headDim;
        }

        @Override
        public int keyValueHeads() {
            return heads;
        }

        @Override
        public String describe() {
            return "multi-head attention: %d heads of %d".formatted(heads, headDim);
        }
    }

    /** Attention in which groups of heads share keys and values (Ainslie et al. 2023); one group is multi-query. */
    record GroupedQuery(int heads, int keyValueHeads, int headDim) implements Attention {
        public GroupedQuery {
            require(heads > 0 && headDim > 0, "heads are %d of %d, must be positive", heads, headDim);
            require(
                    keyValueHeads > 0 && heads % keyValueHeads == 0,
                    "key and value heads are %d, must divide the %d heads",
                    keyValueHeads,
                    heads);
        }

        @Override
        public long cachedElements(int tensorParallel) {
            return 2L * headsOfOne(keyValueHeads, tensorParallel) * headDim;
        }

        @Override
        public long pairFlops() {
            return 4L * heads * headDim;
        }

        @Override
        public String describe() {
            return "grouped-query attention: %d heads of %d share %d of keys and values"
                    .formatted(heads, headDim, keyValueHeads);
        }
    }

    /**
     * Multi-head latent attention (DeepSeek-V2, 2024): of all heads' keys and values one compressed vector and one rotated key
     * are kept. It is the same for all heads, so that every GPU that shares a layer keeps all of it.
     *
     * @param rank length of the compressed vector
     * @param ropeDim length of the rotated key
     */
    record Latent(int heads, int rank, int ropeDim) implements Attention {
        public Latent {
            require(heads > 0, "heads are %d, must be positive", heads);
            require(rank > 0 && ropeDim >= 0, "latent is %d + %d, must be positive", rank, ropeDim);
        }

        @Override
        public long cachedElements(int tensorParallel) {
            return rank + (long) ropeDim;
        }

        @Override
        public long pairFlops() {
            // With the up-projections absorbed into queries and outputs, as servers compute it.
            return 2L * heads * (2L * rank + ropeDim);
        }

        @Override
        public int keyValueHeads() {
            return 1;
        }

        @Override
        public String describe() {
            return "latent attention: %d heads share a vector of %d + %d".formatted(heads, rank, ropeDim);
        }
    }

    private static int headsOfOne(int heads, int tensorParallel) {
        return Math.max(1, heads / tensorParallel);
    }
}
