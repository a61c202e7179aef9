package quintet.ingest.model;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the registry still has of a document besides its tombstone.
 *
 * @param texts cleaned texts
 * @param chunks spans of chunks
 * @param stagedParts parts of which the index told that it stores them
 * @param outboxEntries events that wait to be published
 * @param contents SHA-256 of every content that the document ever had
 * @param removedAt when the index said that nothing is left; absent until then
 */
public record Remains(
        long texts,
        long chunks,
        long stagedParts,
        long outboxEntries,
        List<String> contents,
        @Nullable Instant removedAt) {
    /** Copies the hashes. */
    public Remains {
        contents = List.copyOf(contents);
    }

    /** Returns what is left of both. */
    public Remains and(Remains other) {
        Instant last = removedAt == null || other.removedAt == null
                ? null
                : removedAt.isAfter(other.removedAt) ? removedAt : other.removedAt;
        return new Remains(
                texts + other.texts,
                chunks + other.chunks,
                stagedParts + other.stagedParts,
                outboxEntries + other.outboxEntries,
                Stream.concat(contents.stream(), other.contents.stream())
                        .distinct()
                        .toList(),
                last);
    }
}
