package quintet.ingest.port;

import java.util.List;
import java.util.Optional;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.Remains;
import quintet.ingest.model.Selection;

/** Deletes many documents, and tells what is left of one. Blocking. Fails with {@link Failure.Kind#UNAVAILABLE}. */
public interface Deletions {
    /** Returns how many documents are selected, and the ids of at most {@code sample}; absent if there is no collection. */
    Optional<Selection.Size> size(String collection, Selection selection, int sample);

    /**
     * Decides that the selected documents are deleted, all at once and durably; {@link #carryOut} does it. A version that is
     * put after the decision is not meant.
     *
     * @throws Failure CONFLICT, reason COUNT_CHANGED, if it is not exactly {@code expected} documents; then none is
     */
    void decide(String collection, Selection selection, long expected);

    /**
     * Deletes documents that are decided on, of whatever collection, in one transaction.
     *
     * @return how many, at most {@code limit}
     */
    int carryOut(int limit);

    /** Counts the documents of a collection that are decided on and not deleted yet. */
    long pending(String collection);

    /** Returns the document in every generation of its collection that it was ever in, first in the one that is live. */
    List<DocumentKey> copies(DocumentKey key);

    /** Returns what is left of a document in one generation besides its row; absent if there never was one. */
    Optional<Remains> remains(DocumentKey key);
}
