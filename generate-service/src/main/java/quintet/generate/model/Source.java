package quintet.generate.model;

/**
 * A passage that the answer may use.
 *
 * @param number what citations call it, from 1
 */
public record Source(int number, Passage passage) {}
