package quintet.ingest.model;

import org.jspecify.annotations.Nullable;

/**
 * A document in a bundle.
 *
 * @param documentId its id, the same wherever it is imported
 * @param given what the caller said
 * @param found what the parser found
 * @param blob its original bytes, which need not be in the bundle
 * @param hasOriginal whether they are
 * @param chunking how its collection wanted it to be cut; absent for the service's own way
 * @param chunkCount its chunks, at most {@value #MAX_CHUNKS}; 0 for an alias
 * @param alias who answers for it; absent unless it is an alias
 */
public record BundledDocument(
        String documentId,
        Attributes given,
        Findings found,
        Blob blob,
        boolean hasOriginal,
        @Nullable ChunkingSettings chunking,
        int chunkCount,
        @Nullable Alias alias) {
    /** Most chunks of a document; the longest text has fewer whatever cuts it into sentences. */
    public static final int MAX_CHUNKS = 500_000;

    /**
     * Who answers for an alias.
     *
     * @param of the document that does, in the same bundle
     * @param sha256 of that document's original bytes
     */
    public record Alias(DuplicateOf of, String sha256) {}

    /** Rejects a document without chunks that is no alias, and the other way round. */
    public BundledDocument {
        if (!DocumentKey.DOCUMENT_ID.matcher(documentId).matches()) {
            throw new IllegalArgumentException("documentId is '%s'".formatted(documentId));
        }
        if (chunkCount < 0 || chunkCount > MAX_CHUNKS || (alias == null) != (chunkCount > 0)) {
            throw new IllegalArgumentException("document %s is %s and has %d chunks, must have %s"
                    .formatted(
                            documentId,
                            alias == null ? "no alias" : "an alias",
                            chunkCount,
                            alias == null ? "1 to " + MAX_CHUNKS : "none"));
        }
    }

    /** Returns whether another document answers for it. */
    public boolean isAlias() {
        return alias != null;
    }
}
