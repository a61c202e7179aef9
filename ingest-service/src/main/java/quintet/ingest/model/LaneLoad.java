package quintet.ingest.model;

/**
 * How busy a lane is.
 *
 * @param waiting events whose turn has not come
 * @param inFlight events handed over whose work is not known to be done
 * @param granted events handed over since the lane exists
 */
public record LaneLoad(long waiting, long inFlight, long granted) {
    /** A lane without work. */
    public static final LaneLoad IDLE = new LaneLoad(0, 0, 0);
}
