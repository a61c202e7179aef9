package quintet.embed.model;

import java.util.Optional;

/**
 * The vector of a passage, or where to find it.
 *
 * @param key what the vector is made from
 * @param vector absent where the index has it
 */
public record KeyedVector(VectorKey key, Optional<UnitVector> vector) {}
