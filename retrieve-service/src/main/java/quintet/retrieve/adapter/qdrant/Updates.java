package quintet.retrieve.adapter.qdrant;

import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.DeletePayloadPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.util.List;
import java.util.Map;
import quintet.failure.Failure;

/** Writes to one collection of Qdrant, each of which returns once it is applied. */
final class Updates {
    private final QdrantCalls calls;
    private final String name;

    Updates(QdrantCalls calls, String name) {
        this.calls = calls;
        this.name = name;
    }

    void upsert(List<PointStruct> points) {
        UpsertPoints request = UpsertPoints.newBuilder()
                .setCollectionName(name)
                .setWait(true)
                .addAllPoints(points)
                .build();
        check(calls.write(qdrant -> qdrant.points().upsert(request)));
    }

    void delete(Filter filter) {
        DeletePoints request = DeletePoints.newBuilder()
                .setCollectionName(name)
                .setWait(true)
                .setPoints(matching(filter))
                .build();
        check(calls.write(qdrant -> qdrant.points().delete(request)));
    }

    void set(Map<String, Value> payload, Filter filter) {
        SetPayloadPoints request = SetPayloadPoints.newBuilder()
                .setCollectionName(name)
                .setWait(true)
                .putAllPayload(payload)
                .setPointsSelector(matching(filter))
                .build();
        check(calls.write(qdrant -> qdrant.points().setPayload(request)));
    }

    void clear(String field, Filter filter) {
        DeletePayloadPoints request = DeletePayloadPoints.newBuilder()
                .setCollectionName(name)
                .setWait(true)
                .addKeys(field)
                .setPointsSelector(matching(filter))
                .build();
        check(calls.write(qdrant -> qdrant.points().deletePayload(request)));
    }

    private static PointsSelector matching(Filter filter) {
        return PointsSelector.newBuilder().setFilter(filter).build();
    }

    static void check(PointsOperationResponse response) {
        completed(response.getResult());
    }

    /** Refuses what is only taken note of: a commit must not overtake what it commits. */
    private static void completed(UpdateResult result) {
        if (result.getStatus() != UpdateStatus.Completed) {
            throw Failure.unavailable(
                    "INDEX_UNWRITABLE",
                    "Qdrant has not applied a write in time, its status is " + result.getStatus(),
                    null);
        }
    }
}
