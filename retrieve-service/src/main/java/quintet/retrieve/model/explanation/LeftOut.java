package quintet.retrieve.model.explanation;

/**
 * A candidate that a rule left out.
 *
 * @param ranked rank before, from 1
 * @param score that it was ranked by
 * @param sentence what it was compared with
 */
public record LeftOut(String chunkId, int ranked, double score, Rule rule, String sentence) {
    /** Why. */
    public enum Rule {
        /** Its score is below the smallest one that was asked for. */
        MIN_SCORE,
        /** Its document has as many hits as it may. */
        PER_DOCUMENT,
        /** A better hit shows the same text. */
        SHOWN_ALREADY
    }
}
