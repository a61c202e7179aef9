package quintet.ingest.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document version has reached a state. Its components are the names in JSON.
 *
 * @param position place in the order of all state changes, from 1, rising; one that is seen is seen after all below it
 * @param collection collection of the document
 * @param documentId identifier within the collection
 * @param version version that reached the state
 * @param state the state
 * @param time when it was reached
 * @param chunkCount chunks of the version; 0 until chunked
 * @param chunksIndexed chunks that the index had stored
 * @param attempts how often processing of the version had been begun
 * @param failure why, if the state is FAILED
 */
public record StateEvent(
        long position,
        String collection,
        String documentId,
        long version,
        DocumentState state,
        Instant time,
        int chunkCount,
        int chunksIndexed,
        int attempts,
        @Nullable StageFailure failure) {
    /** Returns the event as the collection's tenant sees it. */
    public StateEvent shown() {
        return new StateEvent(
                position,
                DocumentKey.shown(collection),
                documentId,
                version,
                state,
                time,
                chunkCount,
                chunksIndexed,
                attempts,
                failure);
    }
}
