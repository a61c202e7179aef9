package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.UnitVector;
import quintet.retrieve.model.VectorKey;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageVectors;

/** {@link PassageVectors} over Qdrant, which keeps a vector as it was given when the distance is the dot product. */
@ApplicationScoped
@Identifier("qdrant")
class QdrantPassageVectors implements PassageVectors {
    private static final int PAGE = 256;

    private final QdrantCollections collections;
    private final QdrantStore store;

    QdrantPassageVectors(QdrantCollections collections) {
        this.collections = collections;
        store = collections.store();
    }

    @Override
    public Map<VectorKey, UnitVector> find(VersionRef ref, ModelRef model, Set<VectorKey> keys) {
        Optional<Manifest> manifest =
                collections.get(ref.collection()).collection().manifest();
        Map<VectorKey, UnitVector> found = new HashMap<>();
        if (manifest.flatMap(Manifest::modelInUse).filter(model::equals).isEmpty()) {
            return found;
        }
        ScrollPoints.Builder request = ScrollPoints.newBuilder()
                .setCollectionName(store.names().passages(ref.collection()))
                .setFilter(Conditions.visible(manifest.get().generation())
                        .addMust(Conditions.documents(List.of(ref.documentId()))))
                .setWithPayload(Payload.only(Payload.VECTOR_KEY))
                .setWithVectors(PassagePoints.VECTORS)
                .setLimit(PAGE);
        ScrollResponse page;
        do {
            ScrollPoints asked = request.build();
            page = store.calls().read(qdrant -> qdrant.points().scroll(asked));
            page.getResultList().forEach(point -> {
                String sha256 = Payload.text(point.getPayloadMap(), Payload.VECTOR_KEY);
                if (!sha256.isEmpty() && keys.contains(new VectorKey(sha256))) {
                    found.put(new VectorKey(sha256), PassagePoints.vector(point.getVectors()));
                }
            });
            request.setOffset(page.getNextPageOffset());
        } while (page.hasNextPageOffset());
        return found;
    }
}
