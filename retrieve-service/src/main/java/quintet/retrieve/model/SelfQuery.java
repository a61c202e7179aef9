package quintet.retrieve.model;

/** What becomes of filters that are recognised in a query. */
public enum SelfQuery {
    /** None are looked for. */
    OFF,
    /** They are named in the answer, and the search is as if they were not there. */
    SUGGEST,
    /** What they let through is searched a second time and counts half as much beside the whole. */
    BOOST,
    /** They are applied; if nothing is left, the search is repeated without them, and the answer says so. */
    APPLY
}
