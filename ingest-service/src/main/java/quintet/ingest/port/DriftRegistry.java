package quintet.ingest.port;

import java.util.List;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.RegisteredDocument;
import quintet.ingest.model.StageFailure;

/**
 * The registry's side of the comparison with the index, and the repairs. Blocking. Fails with
 * {@link Failure.Kind#UNAVAILABLE} if the database does not answer.
 *
 * <p>A repair is one transaction with its events. It does nothing and returns false if the document has changed since it was
 * seen: what was found wrong may be right by now.
 */
public interface DriftRegistry {
    /** Returns the collections that ever had a document, by name. */
    List<String> collections();

    /**
     * Lists documents by rising id, deleted ones too.
     *
     * @param after only ids above this one; empty for the first page
     * @return at most {@code limit}, fewer only on the last page
     */
    List<RegisteredDocument> page(String collection, String after, int limit);

    /** Publishes events of the version again; counts as a repair. */
    boolean republish(RegisteredDocument seen, List<? extends IngestEvent> events);

    /**
     * Makes a new version of the same bytes and processes it; counts as a repair.
     *
     * @param version above any that the index knows
     */
    boolean reprocess(RegisteredDocument seen, long version);

    /** Deletes a deleted document once more, as {@code version}, which is its own or above; counts as a repair. */
    boolean redelete(RegisteredDocument seen, long version);

    /** Takes a document that the registry does not know for deleted, as {@code ref}. */
    boolean bury(DocumentRef ref);

    /** Takes a version for failed, even if it is READY: searches do not find it. */
    boolean giveUp(RegisteredDocument seen, StageFailure failure);

    /** Takes a version that failed before it had chunks for received again, so that it can be processed. */
    boolean reopen(DocumentRef ref);

    /** Forgets repairs of long ago. */
    void sweep();
}
