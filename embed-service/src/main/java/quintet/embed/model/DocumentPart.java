package quintet.embed.model;

import java.util.List;
import java.util.Set;

/**
 * A part of a document version that waits for its vectors.
 *
 * @param document that the part belongs to
 * @param part number of the part, from 0
 * @param passages the chunks of the part, in their order, at least one
 * @param unchanged positions in {@code passages} of those whose vectors the index is expected to hold
 * @param payload the part as ingest sent it
 */
public record DocumentPart(
        DocumentVersion document, int part, List<Passage> passages, Set<Integer> unchanged, PartPayload payload) {
    /** Copies passages and positions. */
    public DocumentPart {
        passages = List.copyOf(passages);
        unchanged = Set.copyOf(unchanged);
        if (passages.isEmpty()) {
            throw new IllegalArgumentException(
                    "part %d of %s has no passages, must have at least 1".formatted(part, document));
        }
    }
}
