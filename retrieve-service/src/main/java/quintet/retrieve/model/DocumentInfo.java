package quintet.retrieve.model;

import java.util.List;
import java.util.Map;

/**
 * What every passage of a document shares. Text that is unknown is empty.
 *
 * @param language ISO 639-1 code, such as {@code en}
 * @param metadata everything else that a search can filter by
 * @param groups access groups, one of which a caller needs; none for everybody of the tenant; what
 *     earlier releases stored has null
 */
public record DocumentInfo(
        String filename,
        String title,
        String source,
        String mimeType,
        String language,
        Map<String, String> metadata,
        List<String> groups) {
    /** Copies metadata and groups. */
    public DocumentInfo {
        metadata = Map.copyOf(metadata);
        groups = groups == null ? List.of() : List.copyOf(groups);
    }
}
