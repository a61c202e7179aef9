package quintet.local.suite;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quintet.local.database.EmbeddedPostgres;
import quintet.local.process.Posix;
import quintet.local.process.Processes;

/**
 * Processes of a launcher that was killed. The ledger knows them; one that was started in the instant before it could be written
 * there is known by a word on its command line.
 */
public final class Leftovers {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final DataFolder data;
    private final String tag;

    private Leftovers(DataFolder data) {
        this.data = data;
        this.tag = tag(data);
    }

    /** Of a data folder whose launcher is not alive. */
    public static Leftovers of(DataFolder data) {
        return new Leftovers(data);
    }

    /** The word on the command line of every service of a data folder. */
    static String tag(DataFolder data) {
        return "-Dquintet.suite=" + data.root();
    }

    /** What is still alive, by name. */
    public Map<String, ProcessHandle> find() {
        Map<String, ProcessHandle> found = new LinkedHashMap<>(data.ledger().alive());
        ProcessHandle.allProcesses()
                .filter(process -> !found.containsValue(process))
                .filter(Processes::isAlive)
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .contains(tag))
                .forEach(process -> found.put("process-" + process.pid(), process));
        return found;
    }

    /** Ends them, if their launcher is really gone: services before the database, politely before by force. */
    public void stop() throws InterruptedException {
        data.create();
        Optional<SuiteLock> lock = SuiteLock.take(data);
        if (lock.isPresent()) {
            try (SuiteLock _ = lock.get()) {
                stopLocked();
            }
        }
    }

    /** The same for whoever holds the lock. */
    void stopLocked() throws InterruptedException {
        Map<String, ProcessHandle> services = find();
        ProcessHandle postgres = services.remove(EmbeddedPostgres.NAME);
        services.values().forEach(ProcessHandle::destroy);
        for (ProcessHandle service : services.values()) {
            Processes.endWithin(service, STOP_TIMEOUT);
        }
        if (postgres != null) {
            Posix.interrupt(postgres.pid());
            Processes.endWithin(postgres, STOP_TIMEOUT);
        }
        data.ledger().clear();
    }
}
