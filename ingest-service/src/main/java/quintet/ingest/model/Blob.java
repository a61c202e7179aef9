package quintet.ingest.model;

/**
 * The original bytes of a document, by content.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param sizeBytes number of bytes, at least 1
 */
public record Blob(String sha256, long sizeBytes) {}
