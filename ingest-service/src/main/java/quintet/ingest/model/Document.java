package quintet.ingest.model;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document as the registry knows it: its newest version and where that stands.
 *
 * @param ref the newest version
 * @param state where it stands
 * @param given what the caller said
 * @param found what the parser found; {@link Findings#UNKNOWN} until parsed
 * @param blob the original bytes
 * @param progress chunks so far
 * @param failure set while the state is FAILED
 * @param times when each state was reached, as far as it was
 * @param traceId trace that the version came in with; empty if there was none
 * @param duplicates how it stands to documents that say the same
 */
public record Document(
        DocumentRef ref,
        DocumentState state,
        Attributes given,
        Findings found,
        Blob blob,
        Progress progress,
        @Nullable StageFailure failure,
        Map<DocumentState, Instant> times,
        String traceId,
        Duplicates duplicates) {
    /**
     * How far the chunks are.
     *
     * @param chunkCount chunks of the version; 0 until chunked
     * @param chunksIndexed chunks that the index has stored so far
     * @param chunksReused chunks whose vectors come from the version before; 0 until chunked
     * @param attempts how often processing of the version was begun
     * @param readyVersion version that searches find now, which may be an older one; 0 if there is none
     */
    public record Progress(int chunkCount, int chunksIndexed, int chunksReused, int attempts, long readyVersion) {}

    /** Copies the times, in the order of the states. */
    public Document {
        EnumMap<DocumentState, Instant> ordered = new EnumMap<>(DocumentState.class);
        ordered.putAll(times);
        times = Collections.unmodifiableMap(ordered);
    }

    /** Returns the title to show: the caller's, else the document's own, else empty. */
    public String title() {
        return given.title().isEmpty() ? found.title() : given.title();
    }

    /** Returns the MIME type: as found, as declared until parsed. */
    public String mimeType() {
        return found.mimeType().isEmpty() ? given.mimeType() : found.mimeType();
    }

    /** Returns what a search can filter by: what was found, overridden by the caller's own. */
    public Map<String, String> metadata() {
        Map<String, String> merged = new HashMap<>(found.metadata());
        merged.putAll(given.metadata());
        return merged;
    }

    /** Returns why it failed, if it did. */
    public Optional<StageFailure> whyFailed() {
        return Optional.ofNullable(failure);
    }
}
