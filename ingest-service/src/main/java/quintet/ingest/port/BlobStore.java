package quintet.ingest.port;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import quintet.failure.Failure;
import quintet.ingest.model.Blob;

/** Original bytes of documents, by content. Blocking. */
public interface BlobStore {
    /**
     * Stores bytes durably while reading them, then runs {@code commit} with the blob safe from being swept.
     *
     * @param maxBytes most bytes to take; one more fails with {@code FILE_TOO_LARGE}, none at all with {@code EMPTY_FILE}
     */
    <T> T store(InputStream content, long maxBytes, Commit<T> commit);

    /** Returns the file that holds a blob; fails with {@link Failure.Kind#UNAVAILABLE} if it is not there. */
    Path path(String sha256);

    /** Returns whether a blob is there. */
    boolean holds(String sha256);

    /** Returns the hashes of blobs that were stored or used last before {@code before}. */
    List<String> storedBefore(Instant before);

    /** Deletes a blob if {@code unused} says so while nobody can start to use it. */
    boolean deleteIf(String sha256, Supplier<Boolean> unused);

    /** Makes a stored blob part of a document. */
    @FunctionalInterface
    interface Commit<T> {
        /** Returns what became of it. */
        T commit(Blob blob);
    }
}
