package quintet.generate.pipeline.gateway;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import quintet.generate.model.Priority;

/**
 * Who is next: those for whom somebody waits before the others, and among equals by start-time fair queuing (Goyal, Vin and Cheng,
 * SIGCOMM 1996), so that each tenant who has something waiting gets the same share of tokens however much of it there is. What
 * starts at once passes through here too, and counts. Not thread-safe.
 */
final class FairQueue<T> {
    /** Tenants remembered without anything waiting, before those whose share is even are forgotten. */
    private static final int MAX_IDLE_TENANTS = 1024;

    /**
     * A place in the queue.
     *
     * @param start virtual time at which it may start
     * @param number orders those with the same start by arrival
     */
    record Place<T>(T item, Priority priority, long price, double start, long number) {}

    private final Map<Priority, Lane<T>> lanes = new EnumMap<>(Priority.class);
    private long numbers;

    FairQueue() {
        for (Priority priority : Priority.values()) {
            lanes.put(priority, new Lane<>());
        }
    }

    /** Returns how many wait. */
    int size() {
        int size = 0;
        for (Lane<T> lane : lanes.values()) {
            size += lane.waiting.size();
        }
        return size;
    }

    /** Returns how many of a priority wait. */
    int size(Priority priority) {
        return lane(priority).waiting.size();
    }

    /** Returns the tokens of all that would be served before the next item of a tenant. */
    long ahead(String tenant, Priority priority) {
        long tokens = 0;
        for (Priority each : Priority.values()) {
            if (each.compareTo(priority) < 0) {
                tokens += lane(each).tokens;
            }
        }
        Lane<T> own = lane(priority);
        double start = own.start(tenant);
        for (Place<T> place : own.waiting) {
            if (place.start() > start) {
                break;
            }
            tokens += place.price();
        }
        return tokens;
    }

    /** Has an item of a tenant wait for its turn. */
    Place<T> add(T item, String tenant, Priority priority, long price) {
        Lane<T> lane = lane(priority);
        Place<T> place = new Place<>(item, priority, price, lane.charge(tenant, price), numbers++);
        lane.waiting.add(place);
        lane.tokens += price;
        return place;
    }

    /** Counts an item that starts at once. */
    void pass(String tenant, Priority priority, long price) {
        Lane<T> lane = lane(priority);
        lane.now = Math.max(lane.now, lane.charge(tenant, price));
    }

    /** Returns the next of a priority without taking it. */
    Optional<Place<T>> peek(Priority priority) {
        Lane<T> lane = lane(priority);
        return lane.waiting.isEmpty() ? Optional.empty() : Optional.of(lane.waiting.first());
    }

    /** Takes an item out because its turn has come. */
    void serve(Place<T> place) {
        if (remove(place)) {
            Lane<T> lane = lane(place.priority());
            lane.now = Math.max(lane.now, place.start());
        }
    }

    /** Takes an item out that does not wait any longer; returns whether it did. */
    boolean remove(Place<T> place) {
        Lane<T> lane = lane(place.priority());
        boolean waited = lane.waiting.remove(place);
        if (waited) {
            lane.tokens -= place.price();
        }
        return waited;
    }

    private Lane<T> lane(Priority priority) {
        return lanes.computeIfAbsent(priority, _ -> new Lane<>());
    }

    /** The items of one priority. */
    private static final class Lane<T> {
        final TreeSet<Place<T>> waiting =
                new TreeSet<>(Comparator.<Place<T>>comparingDouble(Place::start).thenComparingLong(Place::number));
        final Map<String, Double> finished = new HashMap<>();
        double now;
        long tokens;

        double start(String tenant) {
            return Math.max(now, finished.getOrDefault(tenant, 0.0));
        }

        /** Returns the start of a tenant's next item, and moves the one after it back by its price. */
        double charge(String tenant, long price) {
            double start = start(tenant);
            finished.put(tenant, start + price);
            if (finished.size() > MAX_IDLE_TENANTS) {
                finished.values().removeIf(finish -> finish <= now);
            }
            return start;
        }
    }
}
