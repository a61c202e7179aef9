package quintet.rerank.model;

import java.time.Duration;
import java.util.List;

/**
 * Candidates in their new order and what that cost.
 *
 * @param results best first
 * @param model that scored them
 * @param scoredCount how many candidates were scored
 * @param stopReason why no more were scored
 * @param queueTime longest time that a pair waited for a worker
 * @param computeTime time in the model, summed over the pairs
 */
public record RerankResult(
        List<RankedPassage> results,
        ModelRef model,
        int scoredCount,
        StopReason stopReason,
        Duration queueTime,
        Duration computeTime) {
    /** Copies the results. */
    public RerankResult {
        results = List.copyOf(results);
    }
}
