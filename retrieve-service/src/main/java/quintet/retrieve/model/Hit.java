package quintet.retrieve.model;

/**
 * A passage that was found.
 *
 * @param score what the hits are ordered by: fused, dense or lexical, as the mode says
 */
public record Hit(StoredPassage stored, double score, StageScores scores) {}
