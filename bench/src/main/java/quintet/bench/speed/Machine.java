package quintet.bench.speed;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What the figures were measured on. */
public final class Machine {
    private Machine() {}

    /** Returns one line: processor, cores, memory, system, Java, and what else it was doing. */
    public static String describe() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s, %s %s, Java %s, load average %.1f before",
                procLine("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String memory() {
        String total = procLine("/proc/meminfo", "MemTotal", "");
        if (total.isEmpty()) {
            return "memory unknown";
        }
        long kibibytes = Long.parseLong(total.replaceAll("\\D", ""));
        return String.format(Locale.ROOT, "%.0f GiB", kibibytes / 1024.0 / 1024.0);
    }

    private static String procLine(String file, String key, String otherwise) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
