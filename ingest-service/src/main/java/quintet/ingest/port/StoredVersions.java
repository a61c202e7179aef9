package quintet.ingest.port;

import java.util.Optional;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.IngestEvent.ChunksCreated;
import quintet.ingest.port.VersionProgress.Prepared;

/**
 * Text and chunks of versions as the registry keeps them. Blocking. Fails with {@link quintet.failure.Failure.Kind#UNAVAILABLE}
 * if the database does not answer.
 */
public interface StoredVersions {
    /** Returns a version that is on its way into the index; empty if it is there, deleted, or no longer the newest. */
    Optional<Stored> underWay(DocumentRef ref);

    /** Returns a version whatever its state; empty if its text is not known any more, or it is no longer the newest. */
    Optional<Stored> newest(DocumentRef ref);

    /**
     * Hands a part over again, all of its chunks to be embedded.
     *
     * @return whether it did: not if the version is no longer under way
     */
    boolean handOver(ChunksCreated part);

    /**
     * A version that was parsed and cut before.
     *
     * @param given what the caller said
     * @param prepared what became of it
     */
    record Stored(Attributes given, Prepared prepared) {}
}
