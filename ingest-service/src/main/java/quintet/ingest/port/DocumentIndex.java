package quintet.ingest.port;

import quintet.failure.Failure;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.IndexStatus;

/** The index, asked live. Blocking, with a deadline. */
public interface DocumentIndex {
    /**
     * Returns what the index holds of a document.
     *
     * @throws Failure UNAVAILABLE, reason INDEX_UNAVAILABLE
     */
    IndexStatus status(DocumentKey key);
}
