package quintet.ingest.model;

/** Kinds of work that events wait for in the outbox, each with its own bound on what is under way. */
public enum Lane {
    /** Removing a deleted document from the index. */
    REMOVE,
    /** Parsing and chunking a version. */
    PARSE,
    /** Embedding and indexing a part of a version. */
    EMBED,
    /** Indexing a part of a version that came with its vectors. */
    INDEX
}
