package quintet.retrieve.model;

/**
 * What a smallest score did to a ranking.
 *
 * @param leftOut candidates that were below
 * @param nothingRelevant whether nothing was left
 */
public record ScoreCut(int leftOut, boolean nothingRelevant) {}
