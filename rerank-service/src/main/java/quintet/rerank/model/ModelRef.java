package quintet.rerank.model;

/**
 * The model behind a score.
 *
 * @param name such as {@code quintet-reader-v1-int8}
 * @param revision the first 12 hexadecimal digits of the SHA-256 of its file
 */
public record ModelRef(String name, String revision) {}
