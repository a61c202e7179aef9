package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Points.CountPoints;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.VersionRef;
import quintet.retrieve.port.PassageWriter;

/** {@link PassageWriter} over Qdrant: writes that wait share one commit. */
@ApplicationScoped
@Identifier("qdrant")
class QdrantPassageWriter implements PassageWriter {
    private final QdrantCollections collections;
    private final QdrantStore store;

    QdrantPassageWriter(QdrantCollections collections) {
        this.collections = collections;
        store = collections.store();
    }

    @Override
    public Optional<DocumentHead> head(CollectionName name, String documentId) {
        return collections
                .get(name)
                .collection()
                .manifest()
                .flatMap(manifest -> Optional.ofNullable(store.heads()
                        .heads(name, manifest.generation(), List.of(documentId))
                        .get(documentId)));
    }

    @Override
    public Optional<ModelRef> model(CollectionName name) {
        return collections.get(name).collection().manifest().flatMap(Manifest::modelInUse);
    }

    @Override
    public DocumentHead put(VersionRef ref, Iterable<DocumentPart> parts) {
        return collections.get(ref.collection()).writes().submit(new Change.Put(ref, parts));
    }

    @Override
    public DocumentHead remove(VersionRef ref) {
        return collections.get(ref.collection()).writes().submit(new Change.Remove(ref));
    }

    @Override
    public DocumentHead refuse(VersionRef ref) {
        return collections.get(ref.collection()).writes().submit(new Change.Refuse(ref));
    }

    @Override
    public int passageCount(CollectionName name, String documentId) {
        return collections
                .get(name)
                .collection()
                .stored()
                .map(state -> count(name, state.manifest().generation(), documentId))
                .orElse(0);
    }

    private int count(CollectionName name, long generation, String documentId) {
        CountPoints request = CountPoints.newBuilder()
                .setCollectionName(store.names().passages(name))
                .setFilter(Conditions.visible(generation).addMust(Conditions.documents(List.of(documentId))))
                .setExact(true)
                .build();
        return store.calls()
                .find(qdrant -> qdrant.points().count(request))
                .map(answer -> (int) answer.getResult().getCount())
                .orElse(0);
    }
}
