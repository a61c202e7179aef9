package quintet.ingest.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How registry and index can disagree about a document. */
public enum Drift {
    /** READY, and the index has nothing of it. */
    MISSING,
    /** READY, and searches find an older version. */
    STALE,
    /** READY, and searches find another number of passages. */
    INCOMPLETE,
    /** The index has a version that the registry has not come to yet, as after a restored backup. */
    AHEAD,
    /** Deleted, and searches find it. */
    RESURRECTED,
    /** Searches find it, and the registry has never heard of it. */
    UNKNOWN,
    /** Searches find the version, and the registry has not been told. */
    UNTOLD,
    /** On its way for too long. */
    STUCK,
    /** Deleted for too long without the index having confirmed it. */
    UNREMOVED;

    /**
     * Compares what both sides know of a document.
     *
     * @param grace time in which a document may still be on its way from one side to the other
     * @param stuckAfter time after which a document that is on its way is not expected any more
     */
    public static Optional<Drift> between(
            @Nullable RegisteredDocument registered,
            @Nullable IndexedDocument indexed,
            Duration grace,
            Duration stuckAfter,
            Instant now) {
        boolean found = indexed != null && !indexed.deleted();
        if (registered == null) {
            return found ? Optional.of(UNKNOWN) : Optional.empty();
        }
        Duration age = Duration.between(registered.changedAt(), now);
        if (age.compareTo(grace) < 0 || registered.waiting()) {
            return Optional.empty();
        }
        boolean late = age.compareTo(stuckAfter) >= 0;
        long version = registered.ref().version();
        return switch (registered.state()) {
            case DELETED ->
                found
                        ? Optional.of(RESURRECTED)
                        : late && !registered.removed() ? Optional.of(UNREMOVED) : Optional.empty();
            case READY -> ready(registered, indexed);
            case RECEIVED, PARSED, CHUNKED, EMBEDDED, INDEXED, FAILED, CANCELLED -> {
                if (found && indexed != null && indexed.version() == version && whole(registered, indexed)) {
                    yield Optional.of(UNTOLD);
                }
                yield late && !registered.state().settled() ? Optional.of(STUCK) : Optional.empty();
            }
        };
    }

    private static Optional<Drift> ready(RegisteredDocument registered, @Nullable IndexedDocument indexed) {
        long version = registered.ref().version();
        if (registered.chunkCount() == 0) {
            return Optional.empty();
        }
        if (indexed == null) {
            return Optional.of(MISSING);
        }
        if (indexed.version() > version) {
            return Optional.of(AHEAD);
        }
        if (indexed.deleted()) {
            return Optional.of(MISSING);
        }
        if (indexed.version() < version) {
            return Optional.of(STALE);
        }
        return whole(registered, indexed) ? Optional.empty() : Optional.of(INCOMPLETE);
    }

    private static boolean whole(RegisteredDocument registered, IndexedDocument indexed) {
        return registered.chunkCount() > 0 && registered.chunkCount() == indexed.passageCount();
    }
}
