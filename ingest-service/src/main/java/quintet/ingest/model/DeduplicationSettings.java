package quintet.ingest.model;

/**
 * Which documents of a collection count as the same; the second of two is an alias of the first.
 *
 * @param exact whether a document with the same normalised text as another is its alias
 * @param fuzzy whether a document with nearly the same words as another is its alias
 * @param fuzzyThreshold Jaccard similarity of word shingles from which on words are nearly the same, 0.5 to 1
 * @param semantic whether a document that means the same as another is its alias
 * @param semanticThreshold cosine similarity from which on documents mean the same, 0.8 to 1
 */
public record DeduplicationSettings(
        boolean exact, boolean fuzzy, double fuzzyThreshold, boolean semantic, double semanticThreshold) {
    /** What holds unless a collection says otherwise: only what is exactly the same. */
    public static final DeduplicationSettings DEFAULT = new DeduplicationSettings(true, false, 0.8, false, 0.95);

    /** Rejects thresholds out of bounds; the message names value and bound. */
    public DeduplicationSettings {
        within("fuzzyThreshold", fuzzyThreshold, 0.5);
        within("semanticThreshold", semanticThreshold, 0.8);
    }

    private static void within(String name, double value, double min) {
        if (!(value >= min && value <= 1)) {
            throw new IllegalArgumentException("deduplication.%s is %s, must be %s to 1".formatted(name, value, min));
        }
    }
}
