package quintet.retrieve.model;

import org.jspecify.annotations.Nullable;

/**
 * The vector of a passage as the index holds it.
 *
 * @param chunkId stable identifier of the chunk
 * @param vector bit for bit as it was written
 * @param key what it is made from; null if nobody knows
 */
public record StoredVector(
        String chunkId, UnitVector vector, @Nullable VectorKey key) {}
