package quintet.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How much memory a process holds. What processes share, such as the code of Java, is divided among them where the kernel tells
 * ({@code Pss} of {@code /proc}), so that the sum over processes is what they take together; else it is what {@code VmRSS} or
 * {@code ps} says.
 */
public final class ResidentMemory {
    private ResidentMemory() {}

    /** Resident bytes of a process and its children, such as PostgreSQL's; empty if it can't be told. */
    public static OptionalLong ofTree(long pid) {
        OptionalLong own = of(pid);
        if (own.isEmpty()) {
            return own;
        }
        try (Stream<ProcessHandle> children = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)) {
            return OptionalLong.of(own.getAsLong()
                    + children.mapToLong(child -> of(child.pid()).orElse(0)).sum());
        }
    }

    /** Resident bytes of one process. */
    public static OptionalLong of(long pid) {
        OptionalLong bytes = field("/proc/" + pid + "/smaps_rollup", "Pss:");
        if (bytes.isEmpty()) {
            bytes = field("/proc/" + pid + "/status", "VmRSS:");
        }
        return bytes.isPresent() || Files.isDirectory(Path.of("/proc/self")) ? bytes : fromPs(pid);
    }

    private static OptionalLong field(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException _) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong fromPs(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            String kib = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return kib.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(kib) * 1024);
        } catch (IOException | NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
