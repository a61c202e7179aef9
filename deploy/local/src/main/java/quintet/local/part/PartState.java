package quintet.local.part;

/** Where a part is between nothing and ready. */
public enum PartState {
    /** Other parts have to be ready first. */
    WAITING,
    /** On its way. */
    STARTING,
    /** Does its work. */
    READY,
    /** It died and comes back after a pause. */
    RESTARTING,
    /** Finishes what it has in hand. */
    STOPPING,
    /** Gone, as wished. */
    STOPPED,
    /** Gone, and it will not come back by itself. */
    FAILED
}
