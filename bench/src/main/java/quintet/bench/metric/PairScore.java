package quintet.bench.metric;

import java.util.Set;

/**
 * How well pairs were found.
 *
 * @param found pairs found
 * @param right those of them that are true
 * @param truth pairs that there are
 */
public record PairScore(int found, int right, int truth) {
    /** Compares sets of unordered pairs. */
    public static PairScore of(Set<Set<String>> found, Set<Set<String>> truth) {
        return new PairScore(
                found.size(), (int) found.stream().filter(truth::contains).count(), truth.size());
    }

    /** Returns the share of what was found that is true; 1 if nothing was found. */
    public double precision() {
        return found == 0 ? 1 : (double) right / found;
    }

    /** Returns the share of what is true that was found; 1 if there is nothing to find. */
    public double recall() {
        return truth == 0 ? 1 : (double) right / truth;
    }
}
