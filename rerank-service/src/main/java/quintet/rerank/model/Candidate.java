package quintet.rerank.model;

import java.util.Optional;

/**
 * A passage to look at again.
 *
 * @param text the passage
 * @param firstStageScore score of the search on any scale, higher is better; absent if the caller has none
 */
public record Candidate(String text, Optional<Float> firstStageScore) {}
