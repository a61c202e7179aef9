package quintet.ingest.pipeline.chunking;

import java.util.List;

/**
 * The most that a chunk may hold.
 *
 * @param tokens tokens of the embedding model
 */
record SizeLimit(int tokens) {
    /** Characters a token may have on average: long runs without spaces are one token. */
    private static final int CHARACTERS_PER_TOKEN = 10;

    int characters() {
        return tokens * CHARACTERS_PER_TOKEN;
    }

    /** Returns whether the units from {@code from} up to {@code to} fit. Takes no longer than what fits is long. */
    boolean holds(List<Unit> units, int from, int to) {
        if (units.get(to - 1).end() - units.get(from).start() > characters()) {
            return false;
        }
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += units.get(i).tokens();
            if (sum > tokens) {
                return false;
            }
        }
        return true;
    }
}
