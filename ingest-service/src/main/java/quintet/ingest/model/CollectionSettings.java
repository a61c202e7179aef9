package quintet.ingest.model;

import org.jspecify.annotations.Nullable;

/**
 * What was said about a collection.
 *
 * @param chunking how its documents are cut; absent for the service's own way
 * @param deduplication what counts as the same
 */
public record CollectionSettings(@Nullable ChunkingSettings chunking, DeduplicationSettings deduplication) {
    /** A collection about which nothing was said. */
    public static final CollectionSettings DEFAULT = new CollectionSettings(null, DeduplicationSettings.DEFAULT);

    /** Returns how documents are cut, by {@code defaults} if nothing was said. */
    public ChunkingSettings chunkingOr(ChunkingSettings defaults) {
        return chunking == null ? defaults : chunking;
    }
}
