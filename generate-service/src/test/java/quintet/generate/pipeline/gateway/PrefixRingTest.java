package quintet.generate.pipeline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixRingTest {
    private static final List<String> NAMES = List.of("a:8000", "b:8000", "c:8000", "d:8000");
    private final PrefixRing ring = new PrefixRing(NAMES);

    @Test
    void givesAKeyToTheSameServerEachTime() {
        int first = ring.choose(42, _ -> true, _ -> 0, 1, 1.25);
        assertThat(ring.choose(42, _ -> true, _ -> 0, 1, 1.25)).isEqualTo(first);
        assertThat(new PrefixRing(NAMES).choose(42, _ -> true, _ -> 0, 1, 1.25)).isEqualTo(first);
    }

    @Test
    void spreadsKeysEvenly() {
        int[] keys = new int[NAMES.size()];
        IntStream.range(0, 10_000)
                .forEach(i -> keys[ring.choose(Hashing.hash("key " + i), _ -> true, _ -> 0, 1, 1.25)]++);
        for (int count : keys) {
            assertThat(count).isBetween(1_800, 3_300);
        }
    }

    @Test
    void movesOnlyTheKeysOfAServerThatGoes() {
        int moved = 0;
        for (int i = 0; i < 2_000; i++) {
            long key = Hashing.hash("key " + i);
            int before = ring.choose(key, _ -> true, _ -> 0, 1, 1.25);
            int after = ring.choose(key, server -> server != 2, _ -> 0, 1, 1.25);
            assertThat(after).isNotEqualTo(2);
            if (before != 2) {
                assertThat(after).isEqualTo(before);
            } else {
                moved++;
            }
        }
        assertThat(moved).isPositive();
    }

    @Test
    void boundsTheLoadOfEachServerEvenIfAllKeysAreTheSame() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            long[] load = new long[NAMES.size()];
            long total = 0;
            long heaviest = 0;
            for (int i = 0; i < 200; i++) {
                long weight = 1 + random.nextInt(1_000);
                heaviest = Math.max(heaviest, weight);
                int server = ring.choose(7, _ -> true, s -> load[s], weight, 1.25);
                load[server] += weight;
                total += weight;
                assertThat((double) load[server])
                        .as("seed %d", seed)
                        .isLessThan(1.25 * total / NAMES.size() + heaviest);
            }
        }
    }

    @Test
    void hasNoServerWhereNoneMayBeTaken() {
        assertThat(ring.choose(7, _ -> false, _ -> 0, 1, 1.25)).isEqualTo(-1);
    }
}
