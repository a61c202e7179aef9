package quintet.retrieve.model;

import java.util.Map;

/**
 * What every passage of a document shares. Text that is unknown is empty.
 *
 * @param language ISO 639-1 code, such as {@code en}
 * @param metadata everything else that a search can filter by
 */
public record DocumentInfo(
        String filename, String title, String source, String mimeType, String language, Map<String, String> metadata) {
    /** Copies the metadata. */
    public DocumentInfo {
        metadata = Map.copyOf(metadata);
    }
}
