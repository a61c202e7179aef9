package quintet.generate.model;

/** Whether the passages of an answer say what a sentence of it claims. */
public enum Support {
    /** They do. */
    SUPPORTED,
    /** They don't, or name nothing of what it names. */
    UNSUPPORTED,
    /** There was no time to find out. */
    UNCHECKED
}
