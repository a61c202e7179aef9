package quintet.ingest.adapter.postgres;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToIntFunction;

/**
 * Start-time fair queuing (Goyal, Vin and Cheng, SIGCOMM 1996): each collection's next turn starts where its last one ended
 * or at the virtual time, whichever is later, and takes its cost over the collection's weight; the earliest start goes
 * first. So a collection that was idle is next, whatever the others have waiting, and saves nothing up by idling.
 */
final class FairTurns {
    private double virtualTime;
    private final Map<String, Double> finish;
    private final ToIntFunction<String> weight;

    /**
     * Goes on from where the last turns ended.
     *
     * @param virtualTime start of the last turn
     * @param finish ends of collections' last turns, as far as they are after it
     */
    FairTurns(double virtualTime, Map<String, Double> finish, ToIntFunction<String> weight) {
        this.virtualTime = virtualTime;
        this.finish = new HashMap<>(finish);
        this.weight = weight;
    }

    /**
     * Something that waits for its turn.
     *
     * @param cost what it takes of its lane, at least 1
     */
    record Waiting(long id, String collection, long cost) {}

    /**
     * What a lane has left.
     *
     * @param entries turns, at most
     * @param cost together; the last one may exceed it
     */
    record Room(long entries, long cost) {}

    private record Turn(double start, String collection) {}

    /** Returns what goes next, in this order; what waits is given in its collection's order. */
    List<Waiting> take(List<Waiting> waiting, Room room) {
        Map<String, Deque<Waiting>> queues = new LinkedHashMap<>();
        waiting.forEach(each -> queues.computeIfAbsent(each.collection(), _ -> new ArrayDeque<>())
                .add(each));
        PriorityQueue<Turn> turns =
                new PriorityQueue<>(Comparator.comparingDouble(Turn::start).thenComparing(Turn::collection));
        queues.keySet().forEach(collection -> turns.add(next(collection)));
        List<Waiting> taken = new ArrayList<>();
        long cost = 0;
        while (!turns.isEmpty() && taken.size() < room.entries() && cost < room.cost()) {
            Turn turn = turns.remove();
            Deque<Waiting> queue = queues.getOrDefault(turn.collection(), new ArrayDeque<>());
            Waiting entry = queue.remove();
            taken.add(entry);
            cost += entry.cost();
            virtualTime = Math.max(virtualTime, turn.start());
            finish.put(turn.collection(), turn.start() + (double) entry.cost() / weight.applyAsInt(turn.collection()));
            if (!queue.isEmpty()) {
                turns.add(next(turn.collection()));
            }
        }
        return taken;
    }

    double virtualTime() {
        return virtualTime;
    }

    double finish(String collection) {
        return finish.getOrDefault(collection, 0.0);
    }

    private Turn next(String collection) {
        return new Turn(Math.max(virtualTime, finish(collection)), collection);
    }
}
