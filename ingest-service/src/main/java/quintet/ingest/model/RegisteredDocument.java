package quintet.ingest.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What the registry knows of a document, as far as it can be compared with the index.
 *
 * @param ref the newest version
 * @param state where it stands
 * @param chunkCount its chunks; 0 until it is chunked
 * @param removed whether the index has confirmed its deletion
 * @param changedAt when it came into the state
 * @param waiting whether an event of the document waits in the outbox
 * @param heals how often the version was repaired lately
 * @param healedAt when it was repaired last
 */
public record RegisteredDocument(
        DocumentRef ref,
        DocumentState state,
        int chunkCount,
        boolean removed,
        Instant changedAt,
        boolean waiting,
        int heals,
        Optional<Instant> healedAt) {}
