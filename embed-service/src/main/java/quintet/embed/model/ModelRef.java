package quintet.embed.model;

/**
 * The model behind a vector. Vectors of two models never meet.
 *
 * @param name such as {@code bge-small-en-v1.5-int8}
 * @param revision the first 12 hexadecimal digits of the SHA-256 of its file
 * @param dimension length of its vectors, at least 1
 */
public record ModelRef(String name, String revision, int dimension) {}
