package quintet.ingest.model;

/**
 * The document that answers for another one.
 *
 * @param documentId its id in the same collection
 * @param kind what they have in common
 * @param score similarity, from the collection's threshold to 1
 */
public record DuplicateOf(String documentId, DuplicateKind kind, double score) {
    /** Rejects scores that are no similarity. */
    public DuplicateOf {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score is %s, must be 0 to 1".formatted(score));
        }
    }
}
