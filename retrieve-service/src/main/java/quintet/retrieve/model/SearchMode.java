package quintet.retrieve.model;

/** Which lists are searched. */
public enum SearchMode {
    /** Both, fused. */
    HYBRID,
    /** Vectors only. */
    DENSE,
    /** Words only. */
    LEXICAL
}
