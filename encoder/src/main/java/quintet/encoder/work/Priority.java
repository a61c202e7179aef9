package quintet.encoder.work;

/** Who goes first: a waiting item of an earlier constant always runs before those of a later one. */
public enum Priority {
    /** Somebody waits for the answer: a query, the passages to re-rank. */
    INTERACTIVE,
    /** Nobody waits: documents on their way into the index. */
    BULK
}
