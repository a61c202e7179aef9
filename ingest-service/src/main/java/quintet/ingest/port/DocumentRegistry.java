package quintet.ingest.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Blob;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentPage;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.Submission;
import quintet.ingest.model.Visibility;

/**
 * Documents, their newest versions and states, as people ask for them; {@link VersionProgress} is what becomes of a version.
 * Every step is one transaction that also writes the step's events to the outbox. Blocking. Fails with
 * {@link Failure.Kind#UNAVAILABLE} if the database does not answer.
 */
public interface DocumentRegistry {
    /**
     * Stores a new version, unless bytes and attributes are those of the newest one and that did not fail.
     *
     * @param by what the caller may see
     * @throws Failure FORBIDDEN, reason DOCUMENT_NOT_YOURS, if there is a document that the caller may not see
     */
    Submission put(DocumentKey key, Attributes given, Blob blob, Visibility by);

    /** Stores a new version for a caller who sees everything. */
    default Submission put(DocumentKey key, Attributes given, Blob blob) {
        return put(key, given, blob, Visibility.EVERYTHING);
    }

    /** Returns a document, deleted ones too. */
    Optional<Document> find(DocumentKey key);

    /**
     * Lists documents by id.
     *
     * @param state only documents in this state; absent for all that are not deleted
     * @param after only ids above this one; absent for the first page
     * @param by only what the caller may see is listed and counted
     * @return absent if the collection never had a document
     */
    Optional<DocumentPage> list(
            String collection, @Nullable DocumentState state, int limit, @Nullable String after, Visibility by);

    /** Lists documents for a caller who sees everything. */
    default Optional<DocumentPage> list(
            String collection, @Nullable DocumentState state, int limit, @Nullable String after) {
        return list(collection, state, limit, after, Visibility.EVERYTHING);
    }

    /** Deletes a document with its text and chunks; a deleted one stays as it is. Absent if there is none. */
    Optional<Document> delete(DocumentKey key);

    /**
     * Processes a document again that FAILED, was CANCELLED, or is on its way and has not moved since {@code stuckBefore}: as
     * a new version of the same bytes. Absent if there is none.
     *
     * @throws Failure CONFLICT, reason NOTHING_TO_RETRY or STILL_IN_PROGRESS
     */
    Optional<Document> retry(DocumentKey key, Instant stuckBefore);

    /**
     * Processes FAILED documents of a collection again, by id.
     *
     * @param limit most documents of this transaction
     * @param after only ids above this one; absent to begin
     */
    Retried retryFailed(String collection, int limit, @Nullable String after);

    /**
     * Gives up the newest version before it is READY; one that is CANCELLED stays as it is. Absent if there is none.
     *
     * @throws Failure CONFLICT, reason NOTHING_TO_CANCEL
     */
    Optional<Document> cancel(DocumentKey key);

    /** Returns the number of documents by state, over all collections. */
    Map<DocumentState, Long> countsByState();

    /** Returns those of the given hashes that no document refers to. */
    List<String> unreferenced(List<String> sha256);

    /**
     * Documents that are processed again.
     *
     * @param count how many
     * @param nextAfter id that the next call comes after; absent if there are no more
     */
    record Retried(int count, @Nullable String nextAfter) {}
}
