package quintet.embed.model;

/**
 * Names a vector by everything that it is made from: equal keys mean equal vectors, bit for bit.
 *
 * @param sha256 lower-case hexadecimal
 */
public record VectorKey(String sha256) {}
