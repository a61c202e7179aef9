package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.ingest.adapter.postgres.FairTurns.Room;
import quintet.ingest.adapter.postgres.FairTurns.Waiting;

class FairTurnsTest {
    private static final Room WIDE = new Room(1000, Long.MAX_VALUE);

    @Test
    void whoWasIdleIsNextWhateverTheOthersHaveWaiting() {
        FairTurns turns = new FairTurns(500, Map.of("a", 510.0), _ -> 1);
        List<Waiting> waiting = new ArrayList<>(entries("a", 50, 10));
        waiting.addAll(entries("b", 1, 10));
        assertThat(collections(turns.take(waiting, WIDE)).getFirst()).isEqualTo("b");
    }

    @Test
    void takesTurnsByCost() {
        FairTurns turns = new FairTurns(0, Map.of(), _ -> 1);
        List<Waiting> waiting = new ArrayList<>(entries("big", 10, 30));
        waiting.addAll(entries("small", 10, 10));
        assertThat(collections(turns.take(waiting, new Room(8, Long.MAX_VALUE))))
                .containsExactly("big", "small", "small", "small", "big", "small", "small", "small");
    }

    @Test
    void idlingSavesNothingUp() {
        FairTurns turns = new FairTurns(1000, Map.of("busy", 1000.0), _ -> 1);
        List<Waiting> waiting = new ArrayList<>(entries("busy", 20, 1));
        waiting.addAll(entries("idle", 20, 1));
        Map<String, Long> counts = turns.take(waiting, new Room(20, Long.MAX_VALUE)).stream()
                .collect(Collectors.groupingBy(Waiting::collection, Collectors.counting()));
        assertThat(counts).containsEntry("busy", 10L).containsEntry("idle", 10L);
    }

    @Test
    void keepsTheOrderWithinACollection() {
        List<Waiting> taken = new FairTurns(0, Map.of(), _ -> 1).take(entries("a", 20, 1), WIDE);
        assertThat(taken).extracting(Waiting::id).isSorted();
    }

    @Test
    void stopsWhereTheRoomEnds() {
        FairTurns turns = new FairTurns(0, Map.of(), _ -> 1);
        assertThat(turns.take(entries("a", 20, 10), new Room(3, Long.MAX_VALUE)))
                .hasSize(3);
        assertThat(turns.take(entries("a", 20, 10), new Room(100, 25))).hasSize(3);
        assertThat(turns.take(entries("a", 1, 1_000_000), new Room(1, 1))).hasSize(1);
    }

    @Test
    void goesOnWhereTheLastRoundEnded() {
        FairTurns first = new FairTurns(0, Map.of(), _ -> 1);
        List<Waiting> waiting = new ArrayList<>(entries("a", 10, 10));
        waiting.addAll(entries("b", 10, 10));
        assertThat(collections(first.take(waiting, new Room(1, 100)))).containsExactly("a");
        FairTurns second = new FairTurns(first.virtualTime(), Map.of("a", first.finish("a")), _ -> 1);
        assertThat(collections(second.take(waiting, new Room(1, 100)))).containsExactly("b");
    }

    @Test
    void sharesByWeightWhateverTheCosts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, Integer> weights = Map.of("one", 1, "two", 2, "five", 5);
        FairTurns turns = new FairTurns(0, Map.of(), collection -> weights.getOrDefault(collection, 1));
        List<Waiting> waiting = new ArrayList<>();
        weights.keySet()
                .forEach(collection -> IntStream.range(0, 5000)
                        .forEach(i -> waiting.add(new Waiting(i, collection, 1 + random.nextInt(100)))));
        Map<String, Long> served = turns.take(waiting, new Room(4000, Long.MAX_VALUE)).stream()
                .collect(Collectors.groupingBy(Waiting::collection, Collectors.summingLong(Waiting::cost)));
        long all = served.values().stream().mapToLong(Long::longValue).sum();
        weights.forEach((collection, weight) -> assertThat(served.getOrDefault(collection, 0L) / (double) all)
                .as("%s of seed %d", collection, seed)
                .isCloseTo(weight / 8.0, within(0.01)));
    }

    private static List<Waiting> entries(String collection, int count, long cost) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Waiting(i, collection, cost))
                .toList();
    }

    private static List<String> collections(List<Waiting> taken) {
        return taken.stream().map(Waiting::collection).toList();
    }
}
