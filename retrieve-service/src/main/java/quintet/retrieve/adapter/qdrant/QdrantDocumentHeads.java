package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetHit;
import io.qdrant.client.grpc.Points.FacetResponse;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;
import quintet.retrieve.model.ListedDocument;
import quintet.retrieve.port.DocumentHeads;

/** {@link DocumentHeads} over Qdrant: the order is that of {@link DocumentIds}, what is told is read for each page. */
@ApplicationScoped
@Identifier("qdrant")
class QdrantDocumentHeads implements DocumentHeads {
    private final QdrantCollections collections;
    private final QdrantStore store;

    QdrantDocumentHeads(QdrantCollections collections) {
        this.collections = collections;
        store = collections.store();
    }

    @Override
    public List<ListedDocument> page(CollectionName name, String after, int limit) {
        QdrantCollections.Entry entry = collections.get(name);
        Optional<HeadPoints.State> state = entry.collection().stored();
        if (state.isEmpty()) {
            return List.of();
        }
        long generation = state.get().manifest().generation();
        List<String> ids = entry.ids().page(after, limit, each -> store.heads().documents(name, generation, each));
        if (ids.isEmpty()) {
            return List.of();
        }
        // Read after the identifiers, so that no document of the page can be missing.
        long now = entry.collection().stored().orElseThrow().manifest().generation();
        Map<String, DocumentHead> heads = store.heads().heads(name, now, ids);
        Map<String, Long> counts = counts(name, now, ids);
        List<ListedDocument> page = new ArrayList<>();
        for (String id : ids) {
            @Nullable DocumentHead head = heads.get(id);
            if (head != null) {
                page.add(new ListedDocument(
                        id, head.with(counts.getOrDefault(id, 0L).intValue())));
            }
        }
        return page;
    }

    /** Counts the passages that searches find, by document. */
    private Map<String, Long> counts(CollectionName name, long generation, List<String> ids) {
        FacetCounts request = FacetCounts.newBuilder()
                .setCollectionName(store.names().passages(name))
                .setKey(Payload.DOCUMENT)
                .setFilter(Conditions.visible(generation).addMust(Conditions.documents(ids)))
                .setLimit(ids.size())
                .setExact(true)
                .build();
        return store.calls().find(qdrant -> qdrant.points().facet(request)).stream()
                .map(FacetResponse::getHitsList)
                .flatMap(List::stream)
                .collect(Collectors.toMap(hit -> hit.getValue().getStringValue(), FacetHit::getCount));
    }
}
