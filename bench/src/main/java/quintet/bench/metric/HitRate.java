package quintet.bench.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects at which rank each question's right passage came, and gives hit@k and the mean reciprocal rank.
 *
 * <p>Not thread-safe.
 */
public final class HitRate {
    /** The rank of a question whose right passage did not come at all. */
    public static final int MISSED = 0;

    private final List<Integer> ranks = new ArrayList<>();

    /**
     * Adds a question.
     *
     * @param rank rank of its first right passage, from 1, or {@link #MISSED}
     */
    public void add(int rank) {
        ranks.add(rank);
    }

    /** Adds a question by whether each of its passages is right, best first. */
    public void addFlags(List<Boolean> right) {
        add(right.indexOf(true) + 1);
    }

    /** Returns the share of questions whose right passage is among the first {@code k}; 0 without questions. */
    public double at(int k) {
        return share(ranks.stream().filter(rank -> rank != MISSED && rank <= k).count());
    }

    /** Returns the mean of 1/rank, a missed one counting 0; 0 without questions. */
    public double meanReciprocalRank() {
        return ranks.stream()
                .mapToDouble(rank -> rank == MISSED ? 0 : 1.0 / rank)
                .average()
                .orElse(0);
    }

    /** Returns the number of questions. */
    public int questions() {
        return ranks.size();
    }

    private double share(long hits) {
        return ranks.isEmpty() ? 0 : (double) hits / ranks.size();
    }
}
