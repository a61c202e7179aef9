package quintet.ingest.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the caller says of a document.
 *
 * @param filename file name, used to find the type and shown with citations; empty if there is none
 * @param title overrides the document's own; empty if there is none
 * @param source where the document came from; empty if unknown
 * @param mimeType MIME type as the caller knows it; empty if unknown
 * @param metadata the caller's own keys and values
 * @param groups access groups, sorted: only callers in one of them see the document; none for everybody of the tenant
 */
public record Attributes(
        String filename,
        String title,
        String source,
        String mimeType,
        Map<String, String> metadata,
        List<String> groups) {
    /** Copies metadata and groups. */
    public Attributes {
        metadata = Map.copyOf(metadata);
        groups = List.copyOf(Objects.requireNonNull(groups, "groups"));
    }
}
