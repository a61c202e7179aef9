package quintet.rerank.model;

import java.util.Optional;

/**
 * A candidate in its new place.
 *
 * @param index position in the request, from 0
 * @param score what the order follows, 0 to 1; 0 if it was not scored
 * @param pair what the cross-encoder says; absent if it was not scored
 */
public record RankedPassage(int index, double score, Optional<ScoredPair> pair) {}
