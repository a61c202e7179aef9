package quintet.retrieve.port;

import quintet.failure.Failure;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;

/**
 * Tells the other services what has become of a document. Blocks the calling thread, which should be a virtual one,
 * until the broker has confirmed the event; fails with UNAVAILABLE and reason BROKER_UNAVAILABLE if it does not in time.
 */
public interface EventPublisher {
    /** Tells that a part is durable. */
    void chunksStaged(DocumentPart part);

    /** Tells that a version is searchable. */
    void documentIndexed(VersionRef ref, DocumentHead head, ModelRef model);

    /** Tells that a deleted document has no passage left. */
    void documentRemoved(VersionRef ref);

    /**
     * Tells that a part came without vectors that the index does not hold, and that nothing of it is kept.
     *
     * @param missing number of vectors that were not found
     */
    void vectorsMissing(VersionRef ref, int part, int missing);

    /** Tells that this service gave up on a version. */
    void stageFailed(VersionRef ref, Failure why);
}
