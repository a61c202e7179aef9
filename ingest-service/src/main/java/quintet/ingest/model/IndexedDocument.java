package quintet.ingest.model;

/**
 * What the index knows of a document: its highest version.
 *
 * @param documentId identifier within the collection
 * @param version the version
 * @param deleted whether it is a deletion
 * @param passageCount passages that searches find
 */
public record IndexedDocument(String documentId, long version, boolean deleted, int passageCount) {}
