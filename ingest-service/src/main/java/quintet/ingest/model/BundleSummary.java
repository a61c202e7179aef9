package quintet.ingest.model;

import java.util.List;

/**
 * What a bundle holds, counted.
 *
 * @param documents with text of their own
 * @param aliases documents that one of these answers for
 * @param chunks of all documents, each with a vector
 * @param originals documents and aliases that come with their original bytes
 * @param leftOut documents of the collection that are not in the bundle
 */
public record BundleSummary(long documents, long aliases, long chunks, long originals, LeftOut leftOut) {
    /**
     * Documents that searches would find and that could not be taken along.
     *
     * @param count how many
     * @param documents the first {@value #MAX_NAMED} of them
     */
    public record LeftOut(long count, List<Reason> documents) {
        /** Most documents that are named. */
        public static final int MAX_NAMED = 100;

        /** Copies the list. */
        public LeftOut {
            documents = List.copyOf(documents);
            if (documents.size() > MAX_NAMED || documents.size() > count) {
                throw new IllegalArgumentException(
                        "%d of %d documents are named as left out".formatted(documents.size(), count));
            }
        }
    }

    /**
     * Why a document was left out.
     *
     * @param documentId the document
     * @param reason its state, such as {@code FAILED}, or {@code INDEX_INCOMPLETE}
     */
    public record Reason(String documentId, String reason) {}
}
