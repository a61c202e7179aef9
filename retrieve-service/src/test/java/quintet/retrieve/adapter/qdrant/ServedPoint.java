package quintet.retrieve.adapter.qdrant;

import static quintet.retrieve.adapter.qdrant.Refusal.require;

import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.NamedVectorsOutput;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A point as a server keeps it. */
record ServedPoint(PointId id, Map<String, Vector> vectors, Map<String, Value> payload) {
    static void checkId(PointId id) {
        if (id.hasUuid()) {
            try {
                var _ = UUID.fromString(id.getUuid());
            } catch (IllegalArgumentException e) {
                throw Refusal.invalid("Unable to parse UUID: %s", id.getUuid());
            }
        } else {
            require(id.hasNum(), "Empty ID is not allowed");
        }
    }

    /** Reads a point that is upserted, by the vectors of its collection. */
    static ServedPoint of(PointStruct point, Map<String, Long> dense, Set<String> sparse) {
        require(point.hasId(), "Empty ID is not allowed");
        checkId(point.getId());
        require(point.hasVectors() && point.getVectors().hasVectors(), "Expected some vectors");
        Map<String, Vector> vectors = point.getVectors().getVectors().getVectorsMap();
        vectors.forEach((name, vector) -> {
            if (vector.hasDense()) {
                checkDense(name, vector.getDense(), dense);
            } else {
                require(vector.hasSparse() && sparse.contains(name), "Not existing vector name error: " + name);
                check(vector.getSparse());
            }
        });
        return new ServedPoint(point.getId(), Map.copyOf(vectors), Map.copyOf(point.getPayloadMap()));
    }

    static void checkDense(String name, DenseVector vector, Map<String, Long> dense) {
        require(dense.containsKey(name), "Not existing vector name error: " + name);
        require(
                vector.getDataCount() == dense.get(name),
                "Vector dimension error: expected dim: %d, got %d".formatted(dense.get(name), vector.getDataCount()));
    }

    static void check(SparseVector vector) {
        require(
                vector.getIndicesCount() == vector.getValuesCount(),
                "Sparse vector must have the same number of indices and values");
        require(
                new HashSet<>(vector.getIndicesList()).size() == vector.getIndicesCount(),
                "Sparse vector indices must be unique");
    }

    ServedPoint with(Map<String, Value> more) {
        Map<String, Value> all = new HashMap<>(payload);
        all.putAll(more);
        return new ServedPoint(id, vectors, all);
    }

    ServedPoint without(Iterable<String> keys) {
        Map<String, Value> rest = new HashMap<>(payload);
        keys.forEach(rest::remove);
        return new ServedPoint(id, vectors, rest);
    }

    Map<String, Value> payload(WithPayloadSelector selector) {
        return switch (selector.getSelectorOptionsCase()) {
            case ENABLE -> selector.getEnable() ? payload : Map.of();
            case INCLUDE -> {
                Map<String, Value> included = new HashMap<>(payload);
                included.keySet().retainAll(selector.getInclude().getFieldsList());
                yield included;
            }
            case EXCLUDE -> throw Refusal.unsupported("exclude");
            case SELECTOROPTIONS_NOT_SET -> Map.of();
        };
    }

    VectorsOutput vectors(WithVectorsSelector selector) {
        NamedVectorsOutput.Builder named = NamedVectorsOutput.newBuilder();
        for (String name : selector.getInclude().getNamesList()) {
            Vector vector = vectors.get(name);
            if (vector != null) {
                named.putVectors(
                        name,
                        VectorOutput.newBuilder().setDense(vector.getDense()).build());
            }
        }
        return VectorsOutput.newBuilder().setVectors(named).build();
    }
}
