package quintet.bench.quality;

import java.util.Locale;

/** A share of something, counted. */
final class Share {
    private int counted;
    private int all;

    void add(boolean counts) {
        all++;
        if (counts) {
            counted++;
        }
    }

    double value() {
        return all == 0 ? 0 : (double) counted / all;
    }

    /** Returns a dash where nothing was counted. */
    String text() {
        return all == 0 ? "-" : text(value());
    }

    /** Returns three digits. */
    static String text(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }
}
