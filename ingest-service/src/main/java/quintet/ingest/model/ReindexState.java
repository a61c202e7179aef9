package quintet.ingest.model;

import java.util.EnumSet;
import java.util.Set;

/** How far a re-index is. */
public enum ReindexState {
    /** Documents are copied into the new generation, and processed there. */
    BUILDING,
    /** Old and new are asked the same questions. */
    COMPARING,
    /** The new generation is whole and does not go live by itself; somebody has to decide. */
    HELD,
    /** Searches are being sent to the new generation. */
    SWITCHING,
    /** The new generation is live; the old one is written too, so that nothing is lost by going back. */
    SWITCHED,
    /** Searches are being sent back to the old generation. */
    ROLLING_BACK,
    /** The old generation is live again; the new one is written too. */
    ROLLED_BACK,
    /** Documents that searches find in the old generation failed in the new one. */
    FAILED,
    /** The old generation was deleted; the end. */
    FINISHED,
    /** The new generation was deleted; the end. */
    DISCARDED;

    /** Those in which something goes on without anybody. */
    public static final Set<ReindexState> MOVING = EnumSet.of(BUILDING, COMPARING, SWITCHING, ROLLING_BACK);

    /** Returns whether writes go to one generation only. */
    public boolean isOver() {
        return this == FINISHED || this == DISCARDED;
    }
}
