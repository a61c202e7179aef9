package quintet.ingest.model;

import java.util.Map;

/**
 * What the caller says of a document.
 *
 * @param filename file name, used to find the type and shown with citations; empty if there is none
 * @param title overrides the document's own; empty if there is none
 * @param source where the document came from; empty if unknown
 * @param mimeType MIME type as the caller knows it; empty if unknown
 * @param metadata the caller's own keys and values
 */
public record Attributes(String filename, String title, String source, String mimeType, Map<String, String> metadata) {
    /** Copies the metadata. */
    public Attributes {
        metadata = Map.copyOf(metadata);
    }
}
