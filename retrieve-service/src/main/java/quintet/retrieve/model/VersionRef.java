package quintet.retrieve.model;

import java.util.regex.Pattern;

/**
 * One version of one document.
 *
 * @param documentId identifier within the collection: 1 to 128 letters, digits, {@code .}, {@code _} and {@code -}
 * @param version from 1, rising with each change; a deletion has a version of its own
 */
public record VersionRef(CollectionName collection, String documentId, long version) {
    private static final Pattern DOCUMENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    /** Refuses what can be no version. */
    public VersionRef {
        if (!DOCUMENT_ID.matcher(documentId).matches()) {
            throw new IllegalArgumentException("documentId must match " + DOCUMENT_ID);
        }
        if (version < 1) {
            throw new IllegalArgumentException("version is %d, must be at least 1".formatted(version));
        }
    }

    @Override
    public String toString() {
        return "%s/%s@%d".formatted(collection, documentId, version);
    }
}
