package quintet.generate.pipeline.gateway;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * Consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018): a
 * key belongs to the next server clockwise on a ring, unless that one has more than {@code c} times the mean load; then to the one
 * after. A server that comes or goes moves only its own keys. Immutable.
 */
final class PrefixRing {
    /** Places of a server on the ring: the more, the more even its share of the keys. */
    private static final int PLACES = 128;

    private final int servers;
    private final long[] points;
    private final int[] owners;

    /** Places servers by their names, at least one. */
    PrefixRing(List<String> names) {
        servers = names.size();
        long[][] placed = new long[servers * PLACES][];
        for (int server = 0; server < servers; server++) {
            for (int place = 0; place < PLACES; place++) {
                placed[server * PLACES + place] = new long[] {Hashing.hash(names.get(server) + "#" + place), server};
            }
        }
        Arrays.sort(placed, (a, b) -> Long.compareUnsigned(a[0], b[0]));
        points = Arrays.stream(placed).mapToLong(p -> p[0]).toArray();
        owners = Arrays.stream(placed).mapToInt(p -> (int) p[1]).toArray();
    }

    /**
     * Returns the server of a key, or -1 if none may be taken.
     *
     * @param mayTake which servers come into question, by index
     * @param load load of a server before this key, not negative
     * @param weight what the key adds, at least 1
     * @param c bound on the load as a multiple of the mean, at least 1
     */
    int choose(long key, IntPredicate mayTake, IntToLongFunction load, long weight, double c) {
        long total = weight;
        int candidates = 0;
        for (int server = 0; server < servers; server++) {
            if (mayTake.test(server)) {
                total += load.applyAsLong(server);
                candidates++;
            }
        }
        if (candidates == 0) {
            return -1;
        }
        // The least loaded one is always below it, since the mean with the new key is above the mean without.
        double bound = c * total / candidates;
        BitSet seen = new BitSet(servers);
        int at = position(key);
        for (int i = 0; i < points.length && seen.cardinality() < servers; i++) {
            int server = owners[(at + i) % points.length];
            if (!seen.get(server)) {
                seen.set(server);
                if (mayTake.test(server) && load.applyAsLong(server) < bound) {
                    return server;
                }
            }
        }
        throw new IllegalStateException("no server is below the bound of " + bound);
    }

    private int position(long key) {
        int low = 0;
        int high = points.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(points[middle], key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == points.length ? 0 : low;
    }
}
