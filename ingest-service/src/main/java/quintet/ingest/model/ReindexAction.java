package quintet.ingest.model;

import java.util.Locale;
import java.util.Set;

/** What somebody can decide about a re-index. */
public enum ReindexAction {
    /** Compares again, on the questions that are stored now. */
    COMPARE(ReindexState.COMPARING),
    /** Lets the new generation go live, whatever the comparison said. */
    SWITCH(ReindexState.SWITCHING),
    /** Lets the old generation go live again. */
    ROLLBACK(ReindexState.ROLLING_BACK),
    /** Processes documents again that failed in the new generation. */
    RETRY(ReindexState.BUILDING),
    /** Deletes the old generation. */
    FINISH(ReindexState.FINISHED),
    /** Deletes the new generation. */
    DISCARD(ReindexState.DISCARDED);

    private final ReindexState target;

    ReindexAction(ReindexState target) {
        this.target = target;
    }

    /** Returns the state that it leads to. */
    public ReindexState target() {
        return target;
    }

    /** Returns the states in which it can be decided. */
    public Set<ReindexState> from() {
        return switch (this) {
            case COMPARE, SWITCH -> Set.of(ReindexState.HELD, ReindexState.ROLLED_BACK);
            case ROLLBACK, FINISH -> Set.of(ReindexState.SWITCHED);
            case RETRY -> Set.of(ReindexState.FAILED);
            case DISCARD ->
                Set.of(
                        ReindexState.BUILDING,
                        ReindexState.COMPARING,
                        ReindexState.HELD,
                        ReindexState.FAILED,
                        ReindexState.ROLLED_BACK);
        };
    }

    /** Returns whether it can be decided in this state. */
    public boolean isPossibleIn(ReindexState state) {
        return from().contains(state);
    }

    /** Returns its name on the wire, such as {@code rollback}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
