package quintet.retrieve.model;

import org.jspecify.annotations.Nullable;

/**
 * Scores of a hit at each stage; a stage that was not searched has none.
 *
 * @param dense cosine similarity of query and passage, -1 to 1
 * @param lexical BM25 score, not negative
 * @param fused score after fusion, 0 to 1
 */
public record StageScores(
        @Nullable Double dense,
        @Nullable Double lexical,
        @Nullable Double fused) {}
