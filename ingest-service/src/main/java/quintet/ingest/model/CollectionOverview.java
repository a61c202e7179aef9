package quintet.ingest.model;

import java.time.Instant;
import java.util.Map;

/**
 * A collection as a whole.
 *
 * @param name its name
 * @param settings what was said about it
 * @param counts documents by state; states without a document are left out
 * @param createdAt when it was made
 */
public record CollectionOverview(
        String name, CollectionSettings settings, Map<DocumentState, Long> counts, Instant createdAt) {
    /** Copies the counts. */
    public CollectionOverview {
        counts = Map.copyOf(counts);
    }

    /** Returns the number of documents that are not deleted. */
    public long documents() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey() != DocumentState.DELETED)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
