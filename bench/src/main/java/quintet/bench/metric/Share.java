package quintet.bench.metric;

import java.util.Locale;

/** A share of something, counted. */
public final class Share {
    private int counted;
    private int all;

    /** Counts one more. */
    public void add(boolean counts) {
        all++;
        if (counts) {
            counted++;
        }
    }

    /** Returns how many there are in all. */
    public int count() {
        return all;
    }

    /** Returns the share of those that count, 0 to 1; 0 of nothing. */
    public double value() {
        return all == 0 ? 0 : (double) counted / all;
    }

    /** Returns a dash where nothing was counted. */
    public String text() {
        return all == 0 ? "-" : text(value());
    }

    /** Returns three digits. */
    public static String text(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }
}
