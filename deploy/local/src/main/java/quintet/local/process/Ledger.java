package quintet.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Which processes a suite has started, on disk, so that a launcher that was killed leaves nobody unknown behind. A line per
 * process: {@code name pid start}. Rewritten whole and moved into place, so that it is never half written.
 *
 * <p>A disk that is full ends nobody's supervision: what could not be written is written with the next change.
 */
public final class Ledger {
    private static final Logger LOG = Logger.getLogger(Ledger.class.getName());

    private final Path file;
    private final Map<String, ProcessIdentity> processes;

    /** Reads what is there; a line that makes no sense is left out. */
    public Ledger(Path file) {
        this.file = file;
        this.processes = read(file);
    }

    /** Remembers a process; call it right after the start. */
    public synchronized void add(String name, ProcessIdentity process) {
        processes.put(name, process);
        write();
    }

    /** Forgets a process that has ended. */
    public synchronized void remove(String name, ProcessIdentity process) {
        if (processes.remove(name, process)) {
            write();
        }
    }

    /** Every process that is in the ledger and still alive, in the order of their starts. */
    public synchronized Map<String, ProcessHandle> alive() {
        Map<String, ProcessHandle> alive = new LinkedHashMap<>();
        processes.forEach((name, identity) -> identity.find().ifPresent(process -> alive.put(name, process)));
        return alive;
    }

    /** Forgets everything. */
    public synchronized void clear() {
        processes.clear();
        write();
    }

    private static Map<String, ProcessIdentity> read(Path file) {
        Map<String, ProcessIdentity> processes = new LinkedHashMap<>();
        for (String line : lines(file)) {
            String[] fields = line.split(" ", -1);
            if (fields.length == 3) {
                try {
                    processes.put(fields[0], new ProcessIdentity(Long.parseLong(fields[1]), Instant.parse(fields[2])));
                } catch (RuntimeException _) {
                    // A damaged line names no process that could be told from a stranger.
                }
            }
        }
        return processes;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger " + file + " cannot be read", e);
        }
    }

    private void write() {
        StringBuilder text = new StringBuilder();
        processes.forEach((name, process) -> text.append(name)
                .append(' ')
                .append(process.pid())
                .append(' ')
                .append(process.start())
                .append('\n'));
        try {
            PrivateFiles.replace(file, text.toString());
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "The ledger can't be written; it is tried again with the next change", e);
        }
    }
}
