package quintet.ingest.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a deleted document, everywhere, at one moment. Its components are the names in JSON.
 *
 * @param collection collection of the document
 * @param documentId identifier within the collection
 * @param version version of the deletion
 * @param complete whether nothing is left but the tombstone, which keeps late messages from bringing it back
 * @param waitingFor what is not done or could not be asked; empty when complete
 * @param registry what the registry has besides the tombstone
 * @param index what the index said now; absent if it did not answer
 * @param contents what became of each content that the document ever had
 * @param times when what happened
 */
public record Receipt(
        String collection,
        String documentId,
        long version,
        boolean complete,
        List<String> waitingFor,
        Registry registry,
        @Nullable IndexStatus index,
        List<Content> contents,
        Times times) {
    /** Copies the lists. */
    public Receipt {
        waitingFor = List.copyOf(waitingFor);
        contents = List.copyOf(contents);
    }

    /**
     * What the registry has.
     *
     * @param texts cleaned texts
     * @param chunks spans of chunks
     * @param stagedParts parts of which the index told that it stores them
     * @param outboxEntries events that wait to be published
     */
    public record Registry(long texts, long chunks, long stagedParts, long outboxEntries) {}

    /**
     * A content.
     *
     * @param sha256 SHA-256 of its bytes
     * @param fate what became of it
     */
    public record Content(String sha256, Fate fate) {}

    /** What became of a content. */
    public enum Fate {
        /** The bytes are deleted. */
        GONE,
        /** Another document has the same bytes, which stay for its sake. */
        USED_BY_OTHERS,
        /** The bytes are there and will be deleted. */
        WAITING
    }

    /**
     * When what happened.
     *
     * @param deleted when the tombstone was durable
     * @param removed when the index said that nothing was left; absent until then
     * @param verified when all of this was looked up
     */
    public record Times(Instant deleted, @Nullable Instant removed, Instant verified) {}
}
