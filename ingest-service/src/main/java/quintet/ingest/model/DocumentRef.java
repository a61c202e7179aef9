package quintet.ingest.model;

/**
 * Names one version of a document.
 *
 * @param key the document
 * @param version from 1, rising with each change of the document and with its deletion
 */
public record DocumentRef(DocumentKey key, long version) {
    /** Rejects versions below 1. */
    public DocumentRef {
        if (version < 1) {
            throw new IllegalArgumentException("version is %d, must be at least 1".formatted(version));
        }
    }

    /** Returns the reference of {@code version} of the named document. */
    public static DocumentRef of(String collection, String documentId, long version) {
        return new DocumentRef(new DocumentKey(collection, documentId), version);
    }
}
