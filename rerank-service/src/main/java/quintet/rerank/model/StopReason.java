package quintet.rerank.model;

/** Why the cross-encoder scored no more candidates. */
public enum StopReason {
    /** There were no more. */
    ALL,
    /** The time was over. */
    DEADLINE,
    /** Those that are left were not expected to come among the first {@code topN} any more. */
    ORDER_SETTLED
}
