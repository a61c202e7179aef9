package quintet.ingest.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of a collection's documents.
 *
 * @param documents by rising id
 * @param nextAfter id that the next page comes after; absent on the last page
 * @param counts documents of the whole collection by state; states without any are left out
 */
public record DocumentPage(
        List<Document> documents, @Nullable String nextAfter, Map<DocumentState, Long> counts) {
    /** Copies the lists. */
    public DocumentPage {
        documents = List.copyOf(documents);
        counts = Map.copyOf(counts);
    }
}
