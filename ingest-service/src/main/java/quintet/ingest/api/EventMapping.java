package quintet.ingest.api;

import java.time.Instant;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.Stage;

/** Maps the words of events to the model; what makes no sense is INVALID_INPUT and goes to the dead letters. */
final class EventMapping {
    private EventMapping() {}

    static DocumentRef ref(String collection, String documentId, long version) {
        try {
            return DocumentRef.of(collection, documentId, version);
        } catch (IllegalArgumentException e) {
            throw Failure.invalidInput(
                    "MALFORMED_MESSAGE", "the message names no document: %s", String.valueOf(e.getMessage()));
        }
    }

    /** An index of an earlier release does not say when: now, as far as anybody knows. */
    static Instant committedAt(long epochMs) {
        return epochMs == 0 ? Instant.now() : Instant.ofEpochMilli(epochMs);
    }

    static Stage stage(String name) {
        try {
            return Stage.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw Failure.invalidInput("MALFORMED_MESSAGE", "stage is '%s', must be EMBED or INDEX", name);
        }
    }
}
