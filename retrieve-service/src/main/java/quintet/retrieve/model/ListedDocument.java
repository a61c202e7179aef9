package quintet.retrieve.model;

/**
 * What the index knows of a document.
 *
 * @param documentId identifier within the collection
 * @param head its highest version, with the passages that searches find of it, counted
 */
public record ListedDocument(String documentId, DocumentHead head) {}
