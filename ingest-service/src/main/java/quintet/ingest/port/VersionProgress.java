package quintet.ingest.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.Document;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.EmbeddingKey;
import quintet.ingest.model.Findings;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.StageFailure;

/**
 * What the stages make of a document version. Every step is one transaction that also writes the step's events to the outbox.
 * Blocking. Fails with {@link Failure.Kind#UNAVAILABLE} if the database does not answer.
 *
 * <p>Steps of a version that is no longer the newest change nothing; a deletion beats every version below its own.
 */
public interface VersionProgress {
    /**
     * Counts one more attempt to process a version.
     *
     * @return the document and the number of attempts with this one; absent if there is nothing left to do
     */
    Optional<Attempt> begin(DocumentRef ref);

    /** Stores text and chunks of a version with the events that hand them over. */
    boolean chunked(DocumentRef ref, Prepared prepared, List<? extends IngestEvent> events);

    /** Notes that the index stores a part durably; when it was the last one, the version is EMBEDDED. */
    boolean staged(DocumentRef ref, int part, int chunkCount);

    /**
     * Notes that searches find a version.
     *
     * @param committedAt when the index committed it, by the index's clock
     */
    boolean indexed(DocumentRef ref, int passageCount, Instant committedAt);

    /** Notes that the index holds nothing of a deleted document any more. */
    boolean removed(DocumentRef ref);

    /** Notes that a stage gave up on a version. */
    boolean failed(DocumentRef ref, StageFailure failure);

    /**
     * An attempt to process a version.
     *
     * @param document the document
     * @param number attempts so far, with this one
     * @param embedded what the vectors of the version that searches find are made from; empty if there is none
     */
    record Attempt(Document document, int number, Set<EmbeddingKey> embedded) {
        /** Copies the keys. */
        public Attempt {
            embedded = Set.copyOf(embedded);
        }
    }

    /** A version that is parsed. It is cut when its chunks are first asked for: a duplicate never is. For one thread. */
    final class Prepared {
        private final Findings found;
        private final CleanText text;
        private final Instant parsedAt;
        private final Supplier<List<Chunk>> cut;
        private @Nullable List<Chunk> chunks;

        /**
         * Takes a version that is still to be cut.
         *
         * @param found what the parser found
         * @param text the cleaned text
         * @param cut gives its chunks by rising ordinal
         * @param parsedAt when the text was there
         */
        public Prepared(Findings found, CleanText text, Supplier<List<Chunk>> cut, Instant parsedAt) {
            this.found = found;
            this.text = text;
            this.cut = cut;
            this.parsedAt = parsedAt;
        }

        /** Returns what the parser found. */
        public Findings found() {
            return found;
        }

        /** Returns the cleaned text. */
        public CleanText text() {
            return text;
        }

        /** Returns its chunks by rising ordinal; none if there is nothing in it to be found. */
        public List<Chunk> chunks() {
            if (chunks == null) {
                chunks = List.copyOf(cut.get());
            }
            return chunks;
        }

        /** Returns when the text was there. */
        public Instant parsedAt() {
            return parsedAt;
        }
    }
}
