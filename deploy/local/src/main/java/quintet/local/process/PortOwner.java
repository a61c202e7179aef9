package quintet.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds out who listens on a port: from {@code /proc} on Linux, else from {@code lsof}. */
public final class PortOwner {
    private static final String LISTENING = "0A";
    private static final int COMMAND_LENGTH = 100;

    private PortOwner() {}

    /** The process as a person knows it, such as {@code process 4711 (java -jar app.jar)}; empty if it can't be told. */
    public static Optional<String> describe(int port) {
        return find(port).map(pid -> "process " + pid + command(pid));
    }

    private static Optional<Long> find(int port) {
        return Files.isDirectory(Path.of("/proc/net")) ? fromProc(port) : fromLsof(port);
    }

    private static Optional<Long> fromProc(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                lines.skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields.length > 9 && fields[3].equals(LISTENING))
                        .filter(fields -> fields[1].endsWith(":%04X".formatted(port)))
                        .forEach(fields -> sockets.add("socket:[" + fields[9] + "]"));
            } catch (IOException _) {
                // A kernel without this table has no such sockets.
            }
        }
        return sockets.isEmpty()
                ? Optional.empty()
                : ProcessHandle.allProcesses()
                        .map(ProcessHandle::pid)
                        .filter(pid -> holds(pid, sockets))
                        .findFirst();
    }

    private static boolean holds(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException _) {
            // Somebody else's process, or one that has just ended.
        }
        return false;
    }

    private static Optional<Long> fromLsof(int port) {
        try {
            Process lsof = new ProcessBuilder("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-t")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String pids = new String(lsof.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = lsof.waitFor(5, TimeUnit.SECONDS);
            return ended ? pids.lines().findFirst().map(Long::valueOf) : Optional.empty();
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String command(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process ->
                        process.info().commandLine().or(() -> process.info().command()))
                .map(line -> " (" + (line.length() > COMMAND_LENGTH ? line.substring(0, COMMAND_LENGTH) + "..." : line)
                        + ")")
                .orElse("");
    }
}
