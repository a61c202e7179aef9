package quintet.ingest.model;

/** Where a document version stands. The first six follow one another; a version never goes back among them. */
public enum DocumentState {
    /** Bytes and row are durable. */
    RECEIVED,
    /** Text was extracted and cleaned. */
    PARSED,
    /** Chunks are durable and handed over for embedding. */
    CHUNKED,
    /** Every chunk has its vector. */
    EMBEDDED,
    /** The index has committed the version, by the index's clock; the registry makes it READY as soon as it hears. */
    INDEXED,
    /** Searches find the version. */
    READY,
    /** A stage gave up; only the index saying that it holds the version after all leads out of it. */
    FAILED,
    /**
     * Given up by the caller; the version before it goes on answering. Only the index saying that it had committed the
     * version before it heard of that leads out of it.
     */
    CANCELLED,
    /** Deleted by the caller; only a new version leads out of it. */
    DELETED;

    /** Returns whether nothing more happens to the version by itself. */
    public boolean settled() {
        return compareTo(READY) >= 0;
    }
}
