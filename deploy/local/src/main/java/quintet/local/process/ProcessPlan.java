package quintet.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * How to run a process and how to tell that it is ready.
 *
 * @param name of the part and in the ledger
 * @param command what to run; no secrets, everybody can see them
 * @param environment variables on top of the launcher's own
 * @param folder where it runs
 * @param log where its output goes, bounded
 * @param ready tells whether it is ready
 * @param startTimeout how long it may take to get ready
 * @param stopTimeout how long it may take to stop politely
 * @param stopPolitely asks the process of a pid to stop
 */
public record ProcessPlan(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        Path log,
        Probe ready,
        Duration startTimeout,
        Duration stopTimeout,
        LongConsumer stopPolitely) {
    public ProcessPlan {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Sends SIGTERM. */
    public static void terminate(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
}
