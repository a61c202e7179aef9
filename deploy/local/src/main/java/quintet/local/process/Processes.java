package quintet.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Processes that are not our children. Java takes a zombie, which has ended and whose parent has not asked, for alive; in a
 * container whose first process asks nobody it stays one for ever.
 */
public final class Processes {
    private static final Duration POLL = Duration.ofMillis(25);

    private Processes() {}

    /** Tells whether a process runs. */
    public static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /** Waits for the end of a process; false if it still runs after the time. */
    public static boolean awaitEnd(ProcessHandle process, Duration atMost) throws InterruptedException {
        Instant deadline = Instant.now().plus(atMost);
        while (isAlive(process)) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            Thread.sleep(POLL);
        }
        return true;
    }

    /** Waits for the end of a process that was asked to stop, and kills it if that takes too long. */
    public static void endWithin(ProcessHandle process, Duration atMost) throws InterruptedException {
        if (!awaitEnd(process, atMost)) {
            process.destroyForcibly();
            if (!awaitEnd(process, Duration.ofSeconds(10))) {
                throw new IllegalStateException("Process " + process.pid() + " can't be killed");
            }
        }
    }

    /** The state is the first letter behind the name, which stands in parentheses and may hold some itself. */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException _) {
            // No /proc: such as on macOS, where the first process always asks.
            return false;
        }
    }
}
