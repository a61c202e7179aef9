package quintet.local.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws where the memory of a GPU goes, with one letter for each use. */
final class MemoryBar {
    private static final int WIDTH = 64;
    private static final double GIB = 1L << 30;

    /**
     * A use of memory.
     *
     * @param letter that fills its part of the bar
     */
    private record Part(char letter, String name, long bytes) {}

    private MemoryBar() {}

    /** The bar and what its letters stand for; {@code cacheUsed} is what the sequences of a full server take. */
    static List<String> of(GpuMemory memory, long cacheUsed) {
        long used = Math.min(cacheUsed, memory.cache());
        List<Part> parts = List.of(
                new Part('W', "weights", memory.weights()),
                new Part('D', "draft", memory.draft()),
                new Part('A', "activations", memory.activations()),
                new Part('G', "CUDA graphs, runtime", memory.graphs() + memory.runtime()),
                new Part('K', "keys and values", used),
                new Part('-', "cache of prefixes", memory.cache() - used),
                new Part('.', "left free", memory.total() - memory.budget()));
        List<String> lines = new ArrayList<>();
        lines.add("[" + bar(parts, memory.total()) + "] " + gib(memory.total()) + " GiB");
        for (Part part : parts) {
            if (part.bytes() > 0) {
                lines.add(" %c %-21s %8s GiB".formatted(part.letter(), part.name(), gib(part.bytes())));
            }
        }
        return lines;
    }

    /** Each part ends where the sum so far does, so that roundings do not add up. */
    private static String bar(List<Part> parts, long total) {
        StringBuilder bar = new StringBuilder();
        long sum = 0;
        for (Part part : parts) {
            sum += part.bytes();
            long end = Math.round((double) sum / total * WIDTH);
            while (bar.length() < end) {
                bar.append(part.letter());
            }
        }
        return bar.toString();
    }

    private static String gib(long bytes) {
        return String.format(Locale.ROOT, "%.2f", bytes / GIB);
    }
}
