package quintet.embed.model;

/**
 * A version of a document.
 *
 * @param collection that the document is in
 * @param documentId identifier within the collection
 * @param version from 1
 */
public record DocumentVersion(String collection, String documentId, long version) {}
