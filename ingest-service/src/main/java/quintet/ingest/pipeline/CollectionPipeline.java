package quintet.ingest.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.UnaryOperator;
import quintet.failure.Failure;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CollectionOverview;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.pipeline.chunking.ChunkingConfig;
import quintet.ingest.port.CollectionRegistry;

/**
 * Collections and their settings. What is changed holds for documents that are put from then on; those that are there keep
 * their chunks until they are put again. Blocking.
 */
@ApplicationScoped
public class CollectionPipeline {
    private final CollectionRegistry registry;
    private final ChunkingSettings chunking;

    CollectionPipeline(CollectionRegistry registry, ChunkingConfig chunking) {
        this.registry = registry;
        this.chunking = chunking.settings();
    }

    /** Returns how documents are cut where a collection says nothing about it. */
    public ChunkingSettings defaultChunking() {
        return chunking;
    }

    /** Returns all collections by name. */
    public List<CollectionOverview> list() {
        return registry.list();
    }

    /** Returns a collection; fails with NOT_FOUND if there is none. */
    public CollectionOverview get(String collection) {
        return registry.find(collection).orElseThrow(() -> notFound(collection));
    }

    /** Creates a collection or replaces its settings; returns whether it is new. */
    public boolean put(String collection, CollectionSettings settings) {
        return registry.put(collection, settings);
    }

    /** Changes the settings of a collection; fails with NOT_FOUND if there is none. */
    public void change(String collection, UnaryOperator<CollectionSettings> change) {
        if (!registry.change(collection, change)) {
            throw notFound(collection);
        }
    }

    private static Failure notFound(String collection) {
        return Failure.notFound(
                "COLLECTION_NOT_FOUND",
                "there is no collection '%s'; PUT it, or its first document makes it",
                DocumentKey.shown(collection));
    }
}
