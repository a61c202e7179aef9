package quintet.retrieve.adapter.qdrant;

import static quintet.retrieve.adapter.qdrant.Refusal.require;

import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.VectorParamsDiff;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A collection of a server, searched exactly. As in Qdrant each point is replaced by itself: a reader may see one half of a
 * request applied and the other not.
 */
final class ServedCollection {
    private final CreateCollection created;
    private final Map<String, Long> dense = new HashMap<>();
    private final Map<String, PayloadSchemaType> indexes = new ConcurrentHashMap<>();
    private final Map<String, VectorParamsDiff> changes = new ConcurrentHashMap<>();
    private final TreeMap<String, ServedPoint> points = new TreeMap<>();

    /** Fields that were filtered by without an index of theirs. */
    final Set<String> unindexed = ConcurrentHashMap.newKeySet();

    ServedCollection(CreateCollection created) {
        this.created = created;
        created.getVectorsConfig().getParamsMap().getMapMap().forEach((name, params) -> {
            require(params.getSize() >= 1 && params.getSize() <= 65_536, "size of " + name);
            require(params.getDistance() == Distance.Dot, "this server knows Dot alone");
            dense.put(name, params.getSize());
        });
        created.getSparseVectorsConfig()
                .getMapMap()
                .values()
                .forEach(params -> require(params.getModifier() == Modifier.Idf, "this server knows Idf alone"));
    }

    CreateCollection created() {
        return created;
    }

    Map<String, VectorParamsDiff> changes() {
        return changes;
    }

    Map<String, PayloadSchemaType> indexes() {
        return indexes;
    }

    synchronized int size() {
        return points.size();
    }

    void change(String vector, VectorParamsDiff change) {
        require(dense.containsKey(vector), "Not existing vector name error: " + vector);
        changes.put(vector, change);
    }

    synchronized CollectionInfo info() {
        CollectionInfo.Builder info = CollectionInfo.newBuilder()
                .setStatus(CollectionStatus.Green)
                .setPointsCount(points.size())
                .setConfig(CollectionConfig.newBuilder()
                        .setParams(CollectionParams.newBuilder()
                                .setVectorsConfig(created.getVectorsConfig())
                                .setSparseVectorsConfig(created.getSparseVectorsConfig())));
        indexes.forEach((field, type) -> info.putPayloadSchema(
                field, PayloadSchemaInfo.newBuilder().setDataType(type).build()));
        return info.build();
    }

    void upsert(List<PointStruct> added) {
        List<ServedPoint> all = added.stream()
                .map(point -> ServedPoint.of(
                        point,
                        dense,
                        created.getSparseVectorsConfig().getMapMap().keySet()))
                .toList();
        for (ServedPoint point : all) {
            synchronized (this) {
                points.put(key(point.id()), point);
            }
        }
    }

    void update(PointsSelector selector, UnaryOperator<ServedPoint> change) {
        for (ServedPoint point : selected(selector)) {
            synchronized (this) {
                points.computeIfPresent(key(point.id()), (_, now) -> change.apply(now));
            }
        }
    }

    void delete(PointsSelector selector) {
        for (ServedPoint point : selected(selector)) {
            synchronized (this) {
                points.remove(key(point.id()));
            }
        }
    }

    private List<ServedPoint> selected(PointsSelector selector) {
        return switch (selector.getPointsSelectorOneOfCase()) {
            case FILTER -> kept(selector.getFilter());
            case POINTS -> get(selector.getPoints().getIdsList());
            case POINTSSELECTORONEOF_NOT_SET -> throw Refusal.invalid("%s", "PointsSelector is missing");
        };
    }

    synchronized List<ServedPoint> get(List<PointId> ids) {
        ids.forEach(ServedPoint::checkId);
        return ids.stream()
                .map(id -> points.get(key(id)))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Returns the points that a filter keeps, by rising identifier. */
    synchronized List<ServedPoint> kept(Filter filter) {
        ServedFilter.check(filter, field -> {
            if (!indexes.containsKey(field)) {
                unindexed.add(field);
            }
        });
        return points.values().stream()
                .filter(point -> ServedFilter.keeps(filter, point.id(), point.payload()))
                .toList();
    }

    synchronized List<ScoredPoint> query(QueryPoints query) {
        require(query.getLimit() >= 1, "limit must be at least 1");
        require(query.getPrefetchCount() == 0 && query.hasQuery(), "this server knows a query without prefetch alone");
        require(query.hasUsing(), "Vector with name `` is not configured in this collection");
        var nearest = query.getQuery().getNearest();
        String using = query.getUsing();
        List<ScoredPoint> scored = new ArrayList<>();
        if (nearest.hasDense()) {
            ServedPoint.checkDense(using, nearest.getDense(), dense);
        } else {
            require(
                    nearest.hasSparse()
                            && created.getSparseVectorsConfig().getMapMap().containsKey(using),
                    "Not existing vector name error: " + using);
            ServedPoint.check(nearest.getSparse());
        }
        Map<Integer, Float> weights = nearest.hasSparse() ? weights(nearest.getSparse(), using) : Map.of();
        for (ServedPoint point : kept(query.getFilter())) {
            Vector vector = point.vectors().get(using);
            if (vector == null) {
                continue;
            }
            if (nearest.hasDense()) {
                scored.add(scored(point, query, dot(nearest.getDense(), vector.getDense())));
            } else if (vector.getSparse().getIndicesList().stream().anyMatch(weights::containsKey)) {
                scored.add(scored(point, query, dot(weights, vector.getSparse())));
            }
        }
        // Equal scores in an order that has nothing to do with any name.
        scored.sort(Comparator.comparingDouble(ScoredPoint::getScore)
                .reversed()
                .thenComparing(
                        point -> new StringBuilder(key(point.getId())).reverse().toString()));
        return scored.stream().limit(query.getLimit()).toList();
    }

    private static ScoredPoint scored(ServedPoint point, QueryPoints query, float score) {
        return ScoredPoint.newBuilder()
                .setId(point.id())
                .setScore(score)
                .putAllPayload(point.payload(query.getWithPayload()))
                .build();
    }

    private static float dot(DenseVector a, DenseVector b) {
        float sum = 0;
        for (int i = 0; i < a.getDataCount(); i++) {
            sum += a.getData(i) * b.getData(i);
        }
        return sum;
    }

    private static float dot(Map<Integer, Float> weights, SparseVector vector) {
        float sum = 0;
        for (int i = 0; i < vector.getIndicesCount(); i++) {
            sum += weights.getOrDefault(vector.getIndices(i), 0f) * vector.getValues(i);
        }
        return sum;
    }

    /** Returns the weights of a sparse query, each times the inverse document frequency of its index. */
    private Map<Integer, Float> weights(SparseVector query, String using) {
        List<SparseVector> all = points.values().stream()
                .map(point -> point.vectors().get(using))
                .flatMap(Stream::ofNullable)
                .map(Vector::getSparse)
                .toList();
        Map<Integer, Float> weights = new HashMap<>();
        for (int i = 0; i < query.getIndicesCount(); i++) {
            int index = query.getIndices(i);
            long with = all.stream()
                    .filter(vector -> vector.getIndicesList().contains(index))
                    .count();
            double idf = Math.log1p((all.size() - with + 0.5) / (with + 0.5));
            weights.put(index, (float) (query.getValues(i) * idf));
        }
        return weights;
    }

    private static String key(PointId id) {
        return id.hasUuid() ? "u" + id.getUuid() : "n%020d".formatted(id.getNum());
    }
}
