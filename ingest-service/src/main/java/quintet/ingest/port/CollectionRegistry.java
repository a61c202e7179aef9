package quintet.ingest.port;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import quintet.failure.Failure;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CollectionOverview;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.DocumentRef;

/** Collections and their settings. Blocking. Fails with {@link Failure.Kind#UNAVAILABLE} if the database does not answer. */
public interface CollectionRegistry {
    /** Creates a collection or replaces its settings; returns whether it is new. */
    boolean put(String collection, CollectionSettings settings);

    /** Changes the settings of a collection; false if there is none. Changes at the same time follow each other. */
    boolean change(String collection, UnaryOperator<CollectionSettings> change);

    /** Returns the settings of a collection; those of one that does not exist are the default. */
    CollectionSettings settings(String collection);

    /** Returns the chunking that the collection asked for when a version was put; absent for the service's own. */
    Optional<ChunkingSettings> chunkingOf(DocumentRef ref);

    /** Returns a collection. */
    Optional<CollectionOverview> find(String collection);

    /** Returns all collections by name. */
    List<CollectionOverview> list();
}
