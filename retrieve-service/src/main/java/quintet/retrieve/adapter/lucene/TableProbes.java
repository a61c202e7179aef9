package quintet.retrieve.adapter.lucene;

/**
 * The buckets of one hash table as a query sees them. A set of hyperplanes to cross is a number: bit {@code i} stands for the
 * hyperplane that the query is the {@code i}-th nearest to.
 */
final class TableProbes {
    private final int own;
    private final int[] byNearness;
    private final float[] squares;

    TableProbes(Hyperplanes planes, int bits, float[] query) {
        int bucket = 0;
        byNearness = new int[bits];
        squares = new float[bits];
        for (int bit = 0; bit < bits; bit++) {
            float margin = planes.margin(query, bit);
            bucket |= margin >= 0 ? 1 << bit : 0;
            insert(bit, margin * margin);
        }
        own = bucket;
    }

    private void insert(int bit, float square) {
        int at = bit;
        while (at > 0 && squares[at - 1] > square) {
            squares[at] = squares[at - 1];
            byNearness[at] = byNearness[at - 1];
            at--;
        }
        squares[at] = square;
        byNearness[at] = bit;
    }

    /** Returns the squared distance of the query from the bucket behind a set of hyperplanes. */
    float distance(int crossed) {
        float sum = 0;
        for (int rest = crossed; rest != 0; rest &= rest - 1) {
            sum += squares[Integer.numberOfTrailingZeros(rest)];
        }
        return sum;
    }

    /** Returns the bucket behind a set of hyperplanes; of the empty set, the query's own. */
    int bucket(int crossed) {
        int bucket = own;
        for (int rest = crossed; rest != 0; rest &= rest - 1) {
            bucket ^= 1 << byNearness[Integer.numberOfTrailingZeros(rest)];
        }
        return bucket;
    }
}
