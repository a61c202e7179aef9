package quintet.ingest.model;

import java.util.regex.Pattern;

/**
 * Names a document.
 *
 * @param collection under the name by which it is stored: 1 to 64 characters of {@code a-z 0-9 _ -}, behind the tenant and a
 *     {@code .} if that is another one than {@code default}, and before what {@link GenerationName} says
 * @param documentId unique within the collection, 1 to 128 characters of {@code A-Z a-z 0-9 . _ -}
 */
public record DocumentKey(String collection, String documentId) {
    /** What the name looks like by which a collection is stored. */
    public static final Pattern COLLECTION =
            Pattern.compile("([a-z0-9-]{1,32}\\.)?[a-z0-9_-]{1,64}(~[1-9][0-9]{0,8})?");

    /** What a document's id looks like. */
    public static final Pattern DOCUMENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    /** Rejects names that no path and no index could carry. */
    public DocumentKey {
        if (!COLLECTION.matcher(collection).matches()) {
            throw new IllegalArgumentException("collection is '%s'".formatted(collection));
        }
        if (!DOCUMENT_ID.matcher(documentId).matches()) {
            throw new IllegalArgumentException("documentId is '%s'".formatted(documentId));
        }
    }

    /** Returns the name of the collection as its tenant knows it. */
    public String shownCollection() {
        return shown(collection);
    }

    /** Returns the name of a stored collection as its tenant knows it. */
    public static String shown(String collection) {
        String base = GenerationName.base(collection);
        return base.substring(base.indexOf('.') + 1);
    }

    /** Returns the document of this id in another collection. */
    public DocumentKey in(String other) {
        return new DocumentKey(other, documentId);
    }
}
