package quintet.rerank.model;

import java.time.Duration;
import java.util.List;

/**
 * Passages without what does not matter, and what that cost.
 *
 * @param passages as many as in the request, in its order
 * @param model that scored and counted
 * @param originalTokens length of all passages as they came
 * @param keptTokens length of what is kept
 * @param sentenceCount sentences of the passages that were not merged
 * @param scoredCount how many of them the cross-encoder scored; the others are judged by their words alone
 * @param queueTime longest time that a sentence waited for a worker
 * @param computeTime time in the model, summed over the sentences
 */
public record CompressResult(
        List<CompressedPassage> passages,
        ModelRef model,
        int originalTokens,
        int keptTokens,
        int sentenceCount,
        int scoredCount,
        Duration queueTime,
        Duration computeTime) {
    /** Copies the passages. */
    public CompressResult {
        passages = List.copyOf(passages);
    }
}
