package quintet.retrieve.adapter.qdrant;

import static io.qdrant.client.ValueFactory.value;

import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The right to write a collection.
 *
 * @param holder identifies a process; empty if nobody has ever held it
 */
record Lease(String holder, Instant until) {
    /** The point of every lease. */
    static final UUID ID = new UUID(0, 2);

    static final Lease NOBODY = new Lease("", Instant.EPOCH);

    private static final String HOLDER = "holder";
    private static final String ENDS = "ends";

    boolean isHeldBy(String process, Instant now) {
        return holder.equals(process) && now.isBefore(until);
    }

    boolean isHeldByAnother(String process, Instant now) {
        return !holder.equals(process) && now.isBefore(until);
    }

    PointStruct toPoint() {
        Map<String, Value> payload = Payload.empty();
        payload.put(HOLDER, value(holder));
        payload.put(ENDS, value(until.toEpochMilli()));
        return Payload.point(ID, payload);
    }

    static Lease of(Map<String, Value> payload) {
        return new Lease(Payload.text(payload, HOLDER), Instant.ofEpochMilli(Payload.number(payload, ENDS)));
    }
}
