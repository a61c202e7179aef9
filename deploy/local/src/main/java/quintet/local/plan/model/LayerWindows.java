package quintet.local.plan.model;

import static quintet.local.plan.model.Checks.require;

import java.util.Locale;

/**
 * How far the layers of a model look back.
 *
 * @param full layers that attend to the whole context
 * @param sliding layers that attend to the last {@code window} tokens only
 * @param window in tokens; 0 where no layer slides
 */
public record LayerWindows(int full, int sliding, int window) {
    /** Tokens that the server allocates memory for at once: vLLM's block size. */
    static final int BLOCK = 16;

    public LayerWindows {
        require(full >= 0 && sliding >= 0 && full + sliding > 0, "there are no layers");
        require(sliding == 0 || window > 0, "the window of %d sliding layers is %d, must be positive", sliding, window);
    }

    public static LayerWindows allFull(int layers) {
        return new LayerWindows(layers, 0, 0);
    }

    public int layers() {
        return full + sliding;
    }

    /**
     * Tokens kept for a sequence, summed over layers, in whole blocks. A sliding layer keeps its window and the block that is being
     * filled; what is behind them is given back.
     */
    public long allocatedTokens(long tokens) {
        long kept = Math.min(tokens, (long) window + BLOCK);
        return full * wholeBlocks(tokens) + sliding * wholeBlocks(kept);
    }

    /** Tokens that one query token attends to, summed over layers. */
    public double attendedTokens(double tokens) {
        return full * tokens + sliding * Math.min(tokens, window);
    }

    /** Pairs of query and key in a prompt, summed over layers: each token attends to itself and those before it. */
    public double attendedPairs(double tokens) {
        double within = Math.min(tokens, window);
        return full * tokens * tokens / 2 + sliding * (within * within / 2 + (tokens - within) * within);
    }

    private static long wholeBlocks(long tokens) {
        return Math.ceilDiv(tokens, BLOCK) * BLOCK;
    }

    /** In words; empty where all layers see everything. */
    public String describe() {
        if (sliding == 0) {
            return "";
        }
        return full == 0
                ? String.format(Locale.ROOT, "all layers look back %,d tokens", window)
                : String.format(Locale.ROOT, "%d of %d layers look back %,d tokens", sliding, layers(), window);
    }
}
