package quintet.retrieve.model;

/** How the two lists become one. */
public enum Fusion {
    /** By weights that follow the query, with the evidence of neighbours; the default. */
    ADAPTIVE,
    /** Weighted mean of min-max scaled scores. */
    WEIGHTED,
    /** Reciprocal rank fusion. */
    RRF
}
