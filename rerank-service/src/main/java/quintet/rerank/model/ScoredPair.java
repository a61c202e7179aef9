package quintet.rerank.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What the cross-encoder says about a query and a passage.
 *
 * @param relevance probability that the passage answers the query, 0 to 1
 * @param answer best span, if the model reads spans and the passage has words
 * @param truncated whether query or passage were cut to the model's window
 * @param queueTime time that the pair waited for a worker
 * @param computeTime time in the model
 */
public record ScoredPair(
        double relevance, Optional<AnswerSpan> answer, boolean truncated, Duration queueTime, Duration computeTime) {
    /** Refuses what is no probability, which catches NaN too. */
    public ScoredPair {
        if (!(relevance >= 0 && relevance <= 1)) {
            throw new IllegalArgumentException("relevance is %s, must be 0 to 1".formatted(relevance));
        }
    }
}
