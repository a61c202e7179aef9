package quintet.retrieve.adapter.lucene;

import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import quintet.failure.Failure;

/** What an exception of Lucene means to the caller. */
final class IndexFailures {
    private IndexFailures() {}

    /** Returns the failure behind a search. */
    static Failure reading(Exception e) {
        return e instanceof RuntimeException && !(e instanceof AlreadyClosedException)
                ? Failure.of(e)
                : Failure.unavailable("INDEX_UNREADABLE", "the index can not be read: " + e.getMessage(), e);
    }

    /** Returns the failure behind a write. */
    static Failure writing(Throwable e) {
        return switch (e) {
            case Failure failure -> failure;
            case LockObtainFailedException _ ->
                Failure.unavailable("INDEX_LOCKED", "the index is open in another process: " + e.getMessage(), e);
            default -> Failure.unavailable("INDEX_UNWRITABLE", "the index can not be written: " + e, e);
        };
    }
}
