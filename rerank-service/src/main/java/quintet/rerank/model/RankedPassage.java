package quintet.rerank.model;

import java.util.Optional;

/**
 * A candidate in its new place.
 *
 * @param index position in the request, from 0
 * @param score what the order follows, 0 to 1; 0 if there was no time to score it
 * @param pair what the cross-encoder says; absent if there was no time
 */
public record RankedPassage(int index, double score, Optional<ScoredPair> pair) {}
