package quintet.ingest.model;

import java.util.Map;

/**
 * What the parser finds about a document.
 *
 * @param mimeType MIME type found from the bytes
 * @param title title found in the document; empty if there is none
 * @param language ISO 639-1 code; empty if unknown
 * @param pageCount number of pages or slides; 0 where the format has none
 * @param metadata {@code author}, {@code created} and {@code modified} (ISO 8601), as far as they are known
 */
public record Findings(String mimeType, String title, String language, int pageCount, Map<String, String> metadata) {
    /** Nothing is known yet. */
    public static final Findings UNKNOWN = new Findings("", "", "", 0, Map.of());

    /** Copies the metadata. */
    public Findings {
        metadata = Map.copyOf(metadata);
    }
}
