package quintet.local.cli;

import java.util.Locale;

/** Sizes for people. */
final class ByteCount {
    private static final double UNIT = 1_000_000;

    private ByteCount() {}

    static String of(long bytes) {
        return bytes < 100_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1_000.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / UNIT);
    }
}
