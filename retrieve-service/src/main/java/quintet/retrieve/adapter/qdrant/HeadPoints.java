package quintet.retrieve.adapter.qdrant;

import static io.qdrant.client.ValueFactory.value;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.DocumentHead;

/**
 * The heads of documents, and beside them the manifest and the lease of their collection. A head is written anew with each
 * generation that changes it.
 */
final class HeadPoints {
    private static final String DELETED = "deleted";
    private static final String PASSAGES = "passages";
    private static final String REFUSED = "refused";
    private static final String COMMITTED_AT = "committed";
    private static final int PAGE = 1000;

    private final QdrantCalls calls;
    private final Names names;

    HeadPoints(QdrantCalls calls, Names names) {
        this.calls = calls;
        this.names = names;
    }

    /** What governs a collection. */
    record State(Manifest manifest, Lease lease) {}

    /** Returns what asks for the manifest and the lease. */
    GetPoints request(CollectionName collection) {
        return GetPoints.newBuilder()
                .setCollectionName(names.heads(collection))
                .addIds(PointIdFactory.id(Manifest.ID))
                .addIds(PointIdFactory.id(Lease.ID))
                .setWithPayload(Payload.all())
                .build();
    }

    static State state(List<RetrievedPoint> points) {
        return new State(
                payload(points, Manifest.ID).map(Manifest::of).orElse(Manifest.EMPTY),
                payload(points, Lease.ID).map(Lease::of).orElse(Lease.NOBODY));
    }

    private static Optional<Map<String, Value>> payload(List<RetrievedPoint> points, UUID id) {
        PointId wanted = PointIdFactory.id(id);
        return points.stream()
                .filter(point -> point.getId().equals(wanted))
                .map(RetrievedPoint::getPayloadMap)
                .findFirst();
    }

    /** Returns the state of a collection; empty if it does not exist. */
    Optional<State> state(CollectionName collection) {
        GetPoints request = request(collection);
        return calls.find(qdrant -> qdrant.points().get(request)).map(answer -> state(answer.getResultList()));
    }

    static PointStruct point(String documentId, DocumentHead head, long generation) {
        Map<String, Value> payload = Payload.empty();
        payload.put(Payload.DOCUMENT, value(documentId));
        payload.put(Payload.VERSION, value(head.version()));
        payload.put(DELETED, value(head.deleted()));
        payload.put(PASSAGES, value(head.passageCount()));
        payload.put(REFUSED, value(head.refused()));
        payload.put(COMMITTED_AT, value(head.committedAt().toEpochMilli()));
        payload.put(Payload.FROM, value(generation));
        return Payload.point(UUID.nameUUIDFromBytes((documentId + '@' + generation).getBytes(UTF_8)), payload);
    }

    private static DocumentHead head(Map<String, Value> payload) {
        return new DocumentHead(
                Payload.number(payload, Payload.VERSION),
                payload.getOrDefault(DELETED, Value.getDefaultInstance()).getBoolValue(),
                (int) Payload.number(payload, PASSAGES),
                Payload.number(payload, REFUSED),
                Instant.ofEpochMilli(Payload.number(payload, COMMITTED_AT)));
    }

    /** Returns the heads of documents as of a generation, by identifier; those that have none are missing. */
    Map<String, DocumentHead> heads(CollectionName collection, long generation, Collection<String> documentIds) {
        ScrollPoints.Builder request = ScrollPoints.newBuilder()
                .setCollectionName(names.heads(collection))
                .setFilter(Conditions.visible(generation).addMust(Conditions.documents(documentIds)))
                .setWithPayload(Payload.all());
        Map<String, DocumentHead> heads = new HashMap<>();
        scroll(request, payload -> heads.put(Payload.text(payload, Payload.DOCUMENT), head(payload)));
        return heads;
    }

    /** Passes on the identifiers of all documents as of a generation, in no order. */
    void documents(CollectionName collection, long generation, Consumer<String> each) {
        ScrollPoints.Builder request = ScrollPoints.newBuilder()
                .setCollectionName(names.heads(collection))
                .setFilter(Conditions.visible(generation))
                .setWithPayload(Payload.only(Payload.DOCUMENT));
        scroll(request, payload -> each.accept(Payload.text(payload, Payload.DOCUMENT)));
    }

    private void scroll(ScrollPoints.Builder request, Consumer<Map<String, Value>> each) {
        request.setLimit(PAGE);
        ScrollResponse page;
        do {
            ScrollPoints asked = request.build();
            page = calls.read(qdrant -> qdrant.points().scroll(asked));
            page.getResultList().forEach(point -> each.accept(point.getPayloadMap()));
            request.setOffset(page.getNextPageOffset());
        } while (page.hasNextPageOffset());
    }
}
