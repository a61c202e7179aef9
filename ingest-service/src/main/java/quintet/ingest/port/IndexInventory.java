package quintet.ingest.port;

import java.util.List;
import quintet.failure.Failure;
import quintet.ingest.model.IndexedDocument;

/** What the index holds. Blocking, with a deadline; fails with {@link Failure.Kind#UNAVAILABLE}. */
public interface IndexInventory {
    /** Returns the collections that have an index. */
    List<String> collections();

    /**
     * Lists documents by rising id, deleted ones too; none if the collection has no index.
     *
     * @param after only ids above this one; empty for the first page
     * @return at most {@code limit}, fewer only on the last page
     */
    List<IndexedDocument> page(String collection, String after, int limit);
}
