package quintet.ingest.port;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.GenerationChoice;
import quintet.ingest.model.GenerationComparison;
import quintet.ingest.model.Reindex;
import quintet.ingest.model.Reindex.Notice;
import quintet.ingest.model.ReindexAction;
import quintet.ingest.model.ReindexOrder;
import quintet.ingest.model.ReindexProgress;
import quintet.ingest.model.ReindexState;

/**
 * Re-indexes, and the generations that they build. While one is not over, every write to its collection is one transaction on
 * both generations. A step that another process has taken already changes nothing. Blocking. Fails with
 * {@link Failure.Kind#UNAVAILABLE} if the database does not answer.
 */
public interface ReindexRegistry {
    /**
     * Takes a name for the next generation of a collection, never to be given again.
     *
     * @throws Failure NOT_FOUND, reason COLLECTION_NOT_FOUND; CONFLICT, reason REINDEX_ACTIVE
     */
    String name(String collection);

    /**
     * Begins to build a generation.
     *
     * @param generation a name from {@link #name}
     * @throws Failure CONFLICT, reason REINDEX_ACTIVE
     */
    Reindex begin(String collection, String generation, ReindexOrder order);

    /** Returns the newest re-index of a collection. */
    Optional<Reindex> newest(String collection);

    /** Returns those that are in one of the states, oldest first. */
    List<Reindex> in(Set<ReindexState> states);

    /** Copies the next documents into the new generation, in one transaction; false if all are there. */
    boolean copy(Reindex reindex, int limit);

    /** Returns whether a document that searches find in the old generation is on its way in the new one. */
    boolean isPending(Reindex reindex);

    /** Counts how far the new generation is. */
    ReindexProgress progress(Reindex reindex);

    /**
     * Goes on from the state of {@code reindex} to another one, which makes no generation live; false if it is in another state
     * by now.
     *
     * @param comparison how the generations compare; absent to leave what is known
     */
    boolean move(Reindex reindex, ReindexState to, @Nullable GenerationComparison comparison, @Nullable Notice notice);

    /** Counts a failure of the step at hand. */
    void failed(Reindex reindex, Notice notice);

    /**
     * Does what somebody decided. The generation that is not needed any more is deleted like any documents, without a caller.
     *
     * @throws Failure NOT_FOUND, reason REINDEX_NOT_FOUND; CONFLICT, reason REINDEX_STATE
     */
    Reindex act(String collection, ReindexAction action);

    /** Makes the generation live that {@link Reindex#live} names, from one transaction to the next; false as in {@link #move}. */
    boolean goLive(Reindex reindex, GenerationChoice choice, ReindexState to);

    /** Returns a choice that comes after all others, of the generation that is to go live. */
    GenerationChoice choice(Reindex reindex);

    /** Returns what the index must have been told of collections whose live generation was ever chosen. */
    List<GenerationChoice> choices();
}
