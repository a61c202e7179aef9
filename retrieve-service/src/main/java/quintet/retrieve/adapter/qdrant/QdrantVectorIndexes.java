package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.IndexKind;
import quintet.retrieve.model.IndexState;
import quintet.retrieve.port.VectorIndexes;

/** {@link VectorIndexes} over Qdrant, whose optimizer rebuilds behind the scenes. */
@ApplicationScoped
@Identifier("qdrant")
class QdrantVectorIndexes implements VectorIndexes {
    private final QdrantCollections collections;
    private final QdrantStore store;

    QdrantVectorIndexes(QdrantCollections collections) {
        this.collections = collections;
        store = collections.store();
    }

    @Override
    public IndexState state(CollectionName name) {
        Manifest manifest = collections.get(name).collection().manifestOrKind().orElseThrow(() -> notFound(name));
        long rebuilt = store.schema()
                .passages(name)
                .map(info -> rebuilt(info, manifest.passages()))
                .orElse(0L);
        return new IndexState(manifest.kind().orElse(store.settings().configured()), manifest.passages(), rebuilt);
    }

    @Override
    public IndexState choose(CollectionName name, IndexKind kind) {
        collections.get(name).collection().choose(kind);
        return state(name);
    }

    /** Qdrant tells of all vectors together, and leaves few of them without an index. */
    private static long rebuilt(CollectionInfo info, long passages) {
        return info.getStatus() == CollectionStatus.Green
                ? passages
                : Math.min(passages, info.getIndexedVectorsCount());
    }

    static Failure notFound(CollectionName name) {
        return Failure.notFound(
                "COLLECTION_NOT_FOUND",
                "collection '%s' has no index: nothing was ingested into it, or nothing of it is READY yet",
                name.shown());
    }
}
