package quintet.generate.pipeline.gateway;

import quintet.generate.model.Priority;
import quintet.generate.model.ReplicaLoad;
import quintet.generate.port.ModelReplica;

/** A model server with what is known of it here. Under the lock of {@link Admission}. */
final class Member {
    private final ModelReplica replica;
    private final Breaker breaker;
    private final StreamLimit limit;
    private final double batchShare;
    private int streams;
    private long tokens;
    private boolean wasReady = true;

    Member(ModelReplica replica, GatewayConfig config) {
        this.replica = replica;
        this.breaker = new Breaker(config.failuresToEject(), config.ejection(), config.maxEjection());
        this.limit = new StreamLimit(config.streamsPerReplica());
        this.batchShare = config.batchShare();
    }

    ModelReplica replica() {
        return replica;
    }

    Breaker breaker() {
        return breaker;
    }

    StreamLimit limit() {
        return limit;
    }

    int streams() {
        return streams;
    }

    /** Returns the tokens of what it works on. */
    long tokens() {
        return tokens;
    }

    /** Returns whether it answers, as far as is known. */
    boolean available(long nowNanos) {
        return replica.load().ready() && breaker.allows(nowNanos);
    }

    /** Returns whether it has room for one more. */
    boolean hasRoom(Priority priority) {
        int bound = limit.value();
        return streams < (priority == Priority.BATCH ? Math.max(1, (int) (bound * batchShare)) : bound);
    }

    /** Takes in what the server last said. */
    void look(long nowNanos) {
        ReplicaLoad load = replica.load();
        limit.look(load, streams);
        if (load.ready() && !wasReady) {
            breaker.returned(nowNanos);
        }
        wasReady = load.ready();
    }

    void take(long price) {
        streams++;
        tokens += price;
        breaker.sent();
    }

    void giveBack(long price) {
        streams--;
        tokens -= price;
    }
}
