package quintet.retrieve.port;

import java.util.List;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.ListedDocument;

/** What the index knows of each document. Blocks the calling thread. */
public interface DocumentHeads {
    /**
     * Lists the documents of a collection, deleted ones too, by rising identifier, byte by byte; none if it has no index.
     *
     * @param after only identifiers above this one; empty for the first page
     * @return at most {@code limit}, fewer only on the last page; fails with UNAVAILABLE and reason INDEX_UNREADABLE
     */
    List<ListedDocument> page(CollectionName collection, String after, int limit);
}
