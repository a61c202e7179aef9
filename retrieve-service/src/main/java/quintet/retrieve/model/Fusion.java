package quintet.retrieve.model;

/** How the two lists become one. */
public enum Fusion {
    /** Weighted mean of min-max scaled scores. */
    WEIGHTED,
    /** Reciprocal rank fusion. */
    RRF
}
