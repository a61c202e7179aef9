package quintet.retrieve.adapter.qdrant;

import static quintet.retrieve.adapter.qdrant.Refusal.require;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePayloadPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetHit;
import io.qdrant.client.grpc.Points.FacetResponse;
import io.qdrant.client.grpc.Points.FacetValue;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc.PointsImplBase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Qdrant's service of points. A write that is not waited for is refused: nobody could rely on it. */
final class ServedPoints extends PointsImplBase {
    private final ServedCollections collections;

    ServedPoints(ServedCollections collections) {
        this.collections = collections;
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> answer) {
        write(answer, request.getWait(), () -> {
            require(request.getPointsCount() > 0, "Empty update request");
            collections.get(request.getCollectionName()).upsert(request.getPointsList());
        });
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> answer) {
        write(
                answer,
                request.getWait(),
                () -> collections.get(request.getCollectionName()).delete(request.getPoints()));
    }

    @Override
    public void setPayload(SetPayloadPoints request, StreamObserver<PointsOperationResponse> answer) {
        write(
                answer,
                request.getWait(),
                () -> collections
                        .get(request.getCollectionName())
                        .update(request.getPointsSelector(), point -> point.with(request.getPayloadMap())));
    }

    @Override
    public void deletePayload(DeletePayloadPoints request, StreamObserver<PointsOperationResponse> answer) {
        write(
                answer,
                request.getWait(),
                () -> collections
                        .get(request.getCollectionName())
                        .update(request.getPointsSelector(), point -> point.without(request.getKeysList())));
    }

    @Override
    public void createFieldIndex(CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> answer) {
        write(answer, request.getWait(), () -> {
            var params = request.getFieldIndexParams();
            PayloadSchemaType type = switch (request.getFieldType()) {
                case FieldTypeKeyword -> PayloadSchemaType.Keyword;
                case FieldTypeInteger -> PayloadSchemaType.Integer;
                case FieldTypeFloat -> PayloadSchemaType.Float;
                default -> throw Refusal.unsupported(request.getFieldType());
            };
            require(
                    switch (params.getIndexParamsCase()) {
                        case KEYWORD_INDEX_PARAMS -> type == PayloadSchemaType.Keyword;
                        case INTEGER_INDEX_PARAMS ->
                            type == PayloadSchemaType.Integer
                                    && (params.getIntegerIndexParams().getLookup()
                                            || params.getIntegerIndexParams().getRange());
                        case FLOAT_INDEX_PARAMS -> type == PayloadSchemaType.Float;
                        default -> false;
                    },
                    "field index params do not fit the type");
            collections.real(request.getCollectionName()).indexes().put(request.getFieldName(), type);
        });
    }

    @Override
    public void get(GetPoints request, StreamObserver<GetResponse> answer) {
        QdrantServer.answer(answer, () -> {
            GetResponse.Builder response = GetResponse.newBuilder();
            collections
                    .get(request.getCollectionName())
                    .get(request.getIdsList())
                    .forEach(point -> {
                        RetrievedPoint.Builder retrieved = RetrievedPoint.newBuilder()
                                .setId(point.id())
                                .putAllPayload(point.payload(request.getWithPayload()));
                        if (request.hasWithVectors()) {
                            retrieved.setVectors(point.vectors(request.getWithVectors()));
                        }
                        response.addResult(retrieved);
                    });
            return response.build();
        });
    }

    @Override
    public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> answer) {
        QdrantServer.answer(answer, () -> {
            require(!request.hasOrderBy(), "this server does not know order_by");
            require(!request.hasLimit() || request.getLimit() >= 1, "limit must be at least 1");
            if (request.hasOffset()) {
                ServedPoint.checkId(request.getOffset());
            }
            List<ServedPoint> points = collections.get(request.getCollectionName()).kept(request.getFilter()).stream()
                    .dropWhile(point -> request.hasOffset()
                            && point.id()
                                            .getUuid()
                                            .compareTo(request.getOffset().getUuid())
                                    < 0)
                    .toList();
            int limit = request.hasLimit() ? request.getLimit() : 10;
            ScrollResponse.Builder response = ScrollResponse.newBuilder();
            points.stream().limit(limit).forEach(point -> {
                RetrievedPoint.Builder retrieved = RetrievedPoint.newBuilder()
                        .setId(point.id())
                        .putAllPayload(point.payload(request.getWithPayload()));
                if (request.hasWithVectors()) {
                    retrieved.setVectors(point.vectors(request.getWithVectors()));
                }
                response.addResult(retrieved);
            });
            if (points.size() > limit) {
                response.setNextPageOffset(points.get(limit).id());
            }
            return response.build();
        });
    }

    @Override
    public void count(CountPoints request, StreamObserver<CountResponse> answer) {
        QdrantServer.answer(
                answer,
                () -> CountResponse.newBuilder()
                        .setResult(CountResult.newBuilder()
                                .setCount(collections
                                        .get(request.getCollectionName())
                                        .kept(request.getFilter())
                                        .size()))
                        .build());
    }

    @Override
    public void facet(FacetCounts request, StreamObserver<FacetResponse> answer) {
        QdrantServer.answer(answer, () -> {
            ServedCollection collection = collections.get(request.getCollectionName());
            require(
                    collection.indexes().get(request.getKey()) == PayloadSchemaType.Keyword,
                    "No appropriate index for faceting: `" + request.getKey() + "`");
            require(!request.hasLimit() || request.getLimit() >= 1, "limit must be at least 1");
            Map<String, Long> counts = new TreeMap<>();
            collection
                    .kept(request.getFilter())
                    .forEach(point -> ServedFilter.values(point.payload(), request.getKey())
                            .forEach(value -> counts.merge(value.getStringValue(), 1L, Long::sum)));
            FacetResponse.Builder response = FacetResponse.newBuilder();
            counts.entrySet().stream()
                    .limit(request.hasLimit() ? request.getLimit() : 10)
                    .forEach(entry -> response.addHits(FacetHit.newBuilder()
                            .setValue(FacetValue.newBuilder().setStringValue(entry.getKey()))
                            .setCount(entry.getValue())));
            return response.build();
        });
    }

    @Override
    public void query(QueryPoints request, StreamObserver<QueryResponse> answer) {
        QdrantServer.answer(
                answer,
                () -> QueryResponse.newBuilder()
                        .addAllResult(
                                collections.get(request.getCollectionName()).query(request))
                        .build());
    }

    private static void write(StreamObserver<PointsOperationResponse> answer, boolean wait, Runnable work) {
        QdrantServer.answer(answer, () -> {
            require(wait, "this server applies what is waited for");
            work.run();
            return PointsOperationResponse.newBuilder()
                    .setResult(UpdateResult.newBuilder().setStatus(UpdateStatus.Completed))
                    .build();
        });
    }
}
