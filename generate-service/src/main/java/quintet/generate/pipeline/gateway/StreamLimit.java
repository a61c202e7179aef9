package quintet.generate.pipeline.gateway;

import quintet.generate.model.ReplicaLoad;

/**
 * How many streams one server gets at once. A server that has requests waiting twice in a row gets as many as it works on; once it
 * has none waiting, and the limit is what keeps others back, it gets an eighth more. So a few wait there, which keeps it busy, and the
 * others wait here, where turns are fair. Not thread-safe.
 */
final class StreamLimit {
    private static final int GROWTH = 8;

    private final int max;
    private int value;
    private long look;
    private boolean waitedBefore;

    StreamLimit(int max) {
        this.max = max;
        this.value = max;
    }

    int value() {
        return value;
    }

    /** Takes in what the server says; {@code streams} are ours that it has now. */
    void look(ReplicaLoad load, int streams) {
        if (load.look() == look || load.waiting().isEmpty()) {
            return;
        }
        look = load.look();
        double waiting = load.waiting().getAsDouble();
        if (waiting < 1) {
            waitedBefore = false;
            if (streams >= value) {
                value = Math.min(max, value + Math.max(1, value / GROWTH));
            }
        } else if (waitedBefore) {
            double running = load.running().orElse(0);
            // Others may send to the same server: our part of what it works on.
            double part = Math.min(1, streams / Math.max(1, running + waiting));
            value = Math.clamp(Math.round(running * part), 1, Math.max(1, Math.min(value, max)));
        } else {
            waitedBefore = true;
        }
    }

    /** Takes in that the server refused a stream for load, with {@code streams} of ours beside it. */
    void refused(int streams) {
        value = Math.clamp(streams, 1, value);
    }
}
