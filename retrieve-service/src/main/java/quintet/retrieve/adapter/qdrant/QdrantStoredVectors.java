package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentVectors;
import quintet.retrieve.model.StoredVector;
import quintet.retrieve.model.VectorKey;
import quintet.retrieve.port.StoredVectors;

/**
 * {@link StoredVectors} over Qdrant. The identifier of a point follows from the version, so whatever is committed meanwhile, all
 * vectors are of the version that was found; those of a replaced one that are cleaned up are missing.
 */
@ApplicationScoped
@Identifier("qdrant")
class QdrantStoredVectors implements StoredVectors {
    private final QdrantCollections collections;
    private final QdrantStore store;

    QdrantStoredVectors(QdrantCollections collections) {
        this.collections = collections;
        store = collections.store();
    }

    @Override
    public DocumentVectors read(CollectionName name, String documentId, Set<String> chunkIds) {
        Optional<Manifest> manifest =
                collections.get(name).collection().stored().map(HeadPoints.State::manifest);
        if (manifest.isEmpty()) {
            return DocumentVectors.NONE;
        }
        @Nullable
        DocumentHead head = store.heads()
                .heads(name, manifest.get().generation(), List.of(documentId))
                .get(documentId);
        if (manifest.get().model().isEmpty() || head == null || head.deleted()) {
            return new DocumentVectors(0, manifest.get().model(), List.of());
        }
        long version = head.version();
        GetPoints request = GetPoints.newBuilder()
                .setCollectionName(store.names().passages(name))
                .addAllIds(chunkIds.stream()
                        .map(chunk -> PassagePoints.id(documentId, version, chunk))
                        .toList())
                .setWithPayload(Payload.only(Payload.CHUNK, Payload.VECTOR_KEY))
                .setWithVectors(PassagePoints.VECTORS)
                .build();
        List<StoredVector> vectors = store
                .calls()
                .read(qdrant -> qdrant.points().get(request))
                .getResultList()
                .stream()
                .map(QdrantStoredVectors::stored)
                .toList();
        return new DocumentVectors(version, manifest.get().model(), vectors);
    }

    private static StoredVector stored(RetrievedPoint point) {
        Map<String, Value> payload = point.getPayloadMap();
        String sha256 = Payload.text(payload, Payload.VECTOR_KEY);
        return new StoredVector(
                Payload.text(payload, Payload.CHUNK),
                PassagePoints.vector(point.getVectors()),
                sha256.isEmpty() ? null : new VectorKey(sha256));
    }
}
