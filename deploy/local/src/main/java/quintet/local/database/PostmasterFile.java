package quintet.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import quintet.local.process.Posix;
import quintet.local.process.Processes;

/** {@code postmaster.pid}: PostgreSQL's word on which process serves a folder and how far it is. */
final class PostmasterFile {
    private static final int STATUS_LINE = 7;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final Path folder;
    private final Path file;

    private PostmasterFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("postmaster.pid");
    }

    static PostmasterFile ofFolder(Path folder) {
        return new PostmasterFile(folder);
    }

    /** Tells whether it takes connections. */
    boolean isReady() {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE
                && lines.get(STATUS_LINE).strip().equals("ready")
                && process().isPresent();
    }

    /**
     * Stops a server that outlived its launcher. A file that names a stranger, since pids are used again, is deleted; one that
     * names nobody stays: PostgreSQL itself makes sure that no part of the old server is left.
     */
    void stopLeftover() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) {
            return;
        }
        if (isOurs(process.get())) {
            Posix.interrupt(process.get().pid());
            Processes.endWithin(process.get(), STOP_TIMEOUT);
        } else {
            Files.deleteIfExists(file);
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(folder.toString()))
                .isPresent();
    }

    private Optional<ProcessHandle> process() {
        try {
            return lines().stream()
                    .findFirst()
                    .map(String::strip)
                    .map(Long::valueOf)
                    .flatMap(ProcessHandle::of)
                    .filter(Processes::isAlive);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) {
            return List.of();
        }
    }
}
