package quintet.retrieve.model;

/**
 * A passage whose vector an older version of its document has.
 *
 * @param key names the vector
 */
public record UnchangedPassage(Passage passage, VectorKey key) {}
