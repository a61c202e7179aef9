package quintet.retrieve.model;

/** Further queries that a model server writes, searched beside the query itself. */
public enum Expansion {
    /** The same question in other words. */
    MULTI_QUERY,
    /** A passage as it might answer the question, whose vector is searched (HyDE; Gao et al. 2023). */
    HYDE,
    /** The more general question behind it (Zheng et al. 2024). */
    STEP_BACK,
    /** The simpler questions that it is made of. */
    DECOMPOSE
}
