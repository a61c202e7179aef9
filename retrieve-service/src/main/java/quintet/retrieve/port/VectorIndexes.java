package quintet.retrieve.port;

import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.IndexState;

/**
 * Chooses how the vectors of a collection are searched. Blocks the calling thread.
 *
 * <p>Fails with UNAVAILABLE when the index can not be read or written.
 */
public interface VectorIndexes {
    /**
     * Returns the state as of the last commit.
     *
     * @throws quintet.failure.Failure NOT_FOUND, reason COLLECTION_NOT_FOUND, if the collection has no index
     */
    IndexState state(CollectionName collection);

    /**
     * Chooses a kind and returns when that is durable. Parameters of searches hold at once; what is built into an index is
     * rebuilt behind the scenes, part by part, while searches and writes go on. A collection without an index gets one that is
     * empty, so that its first document finds the kind chosen.
     */
    IndexState choose(CollectionName collection, IndexKind kind);
}
