package quintet.retrieve.port;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import quintet.retrieve.model.history.KeptSearch;
import quintet.retrieve.model.history.SearchId;

/** Keeps the last searches of this replica, so many and no more. */
public interface SearchLog {
    /** Returns the id of a search that is about to be kept; empty while none are. Never blocks. */
    Optional<SearchId> next();

    /**
     * Keeps a search, whose id is from {@link #next}. Never blocks: it is written a moment later, and found at once.
     *
     * @return whether it will be kept; not if too many wait to be written
     */
    boolean keep(KeptSearch search);

    /**
     * Finds a search. Never blocks the caller.
     *
     * @return empty if it is not kept, or not any more; fails with OVERLOADED, or with UNAVAILABLE and reason SEARCHES_UNREADABLE
     */
    Uni<Optional<KeptSearch>> find(SearchId id);
}
