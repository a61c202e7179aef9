package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Points.GetPoints;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionInfo;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageView;
import quintet.retrieve.port.PassageWords;

/** {@link PassageIndex} over Qdrant: vectors and, as sparse vectors, words in the same points. */
@ApplicationScoped
@Identifier("qdrant")
class QdrantPassageIndex implements PassageIndex {
    private static final Logger LOG = Logger.getLogger(QdrantPassageIndex.class);

    private final QdrantCollections collections;
    private final QdrantStore store;
    private final PassageWords words;

    QdrantPassageIndex(QdrantCollections collections, PassageWords words) {
        this.collections = collections;
        store = collections.store();
        this.words = words;
    }

    @Override
    public Uni<PassageView> open(CollectionAccess access) {
        CollectionName name = access.collection();
        return manifest(name)
                .map(manifest -> new QdrantView(
                        access, manifest.orElseThrow(() -> QdrantVectorIndexes.notFound(name)), store, words));
    }

    @Override
    public Uni<List<CollectionInfo>> collections() {
        return store.calls()
                .reading(qdrant -> qdrant.collections().list(ListCollectionsRequest.getDefaultInstance()))
                .map(collections::names)
                .onItem()
                .transformToMulti(names -> Multi.createFrom().iterable(names))
                .onItem()
                .transformToUniAndConcatenate(this::info)
                .select()
                .where(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private Uni<Optional<CollectionInfo>> info(CollectionName name) {
        return manifest(name)
                .map(found -> found.map(manifest ->
                        new CollectionInfo(name, manifest.documents(), manifest.passages(), manifest.model())))
                .onFailure()
                .recoverWithItem(thrown -> {
                    LOG.warnf(
                            "collection %s is left out of the list: %s",
                            name, Failure.of(thrown).getMessage());
                    return Optional.empty();
                });
    }

    private Uni<Optional<Manifest>> manifest(CollectionName name) {
        GetPoints request = store.heads().request(name);
        return store.calls()
                .finding(qdrant -> qdrant.points().get(request))
                .map(found -> found.map(answer ->
                                HeadPoints.state(answer.getResultList()).manifest())
                        .filter(manifest -> manifest.generation() > 0));
    }
}
