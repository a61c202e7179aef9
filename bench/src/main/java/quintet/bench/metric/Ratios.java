package quintet.bench.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ratios of pairs that were measured side by side; on a machine whose speed swings only these mean something. */
public final class Ratios {
    private final List<Double> sorted = new ArrayList<>();

    /**
     * Divides pair by pair.
     *
     * @param above as many as {@code below}, at least one
     */
    public Ratios(List<Double> above, List<Double> below) {
        if (above.isEmpty() || above.size() != below.size()) {
            throw new IllegalArgumentException("%d values above and %d below".formatted(above.size(), below.size()));
        }
        for (int i = 0; i < above.size(); i++) {
            sorted.add(above.get(i) / below.get(i));
        }
        sorted.sort(null);
    }

    /** Returns the middle one; of an even number, the lower of the two. */
    public double median() {
        return sorted.get((sorted.size() - 1) / 2);
    }

    /** Returns the median and, in brackets, the least and the greatest. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median(), sorted.getFirst(), sorted.getLast());
    }
}
