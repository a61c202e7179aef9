package quintet.local.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import quintet.local.part.PartFailedException;
import quintet.local.part.PartStatus;
import quintet.local.process.ProcessIdentity;
import quintet.local.suite.SuiteStatus.Phase;

/** The process that holds a suite: brings it up, says how it is in {@link SuiteStatus}, takes it down on SIGTERM. */
public final class Launcher {
    private static final Logger LOG = Logger.getLogger(Launcher.class.getName());

    private static final Duration TELL_AGAIN = Duration.ofSeconds(1);

    private final DataFolder data;
    private final Suite suite;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);
    private volatile String message = "";
    private volatile boolean untold;

    /** Holds a suite that is open. */
    public Launcher(DataFolder data, Suite suite) {
        this.data = data;
        this.suite = suite;
    }

    /** Returns false when the suite can't be brought up, and never as long as it runs. */
    public boolean run() throws InterruptedException {
        Thread hook = new Thread(this::stop, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        suite.board().listen(this::say);
        try {
            suite.start();
        } catch (PartFailedException | RuntimeException e) {
            return failed(e);
        }
        if (phase.compareAndSet(Phase.STARTING, Phase.READY)) {
            say(suite.board().snapshot());
        }
        tellUntilStopped();
        return true;
    }

    /** Never returns: the hook ends the process. */
    private void tellUntilStopped() throws InterruptedException {
        while (!Thread.interrupted()) {
            Thread.sleep(TELL_AGAIN);
            if (untold) {
                suite.board().tellAgain();
            }
        }
    }

    private boolean failed(Exception e) {
        if (!phase.compareAndSet(Phase.STARTING, Phase.FAILED)) {
            return true;
        }
        message = String.valueOf(e.getMessage());
        LOG.log(Level.SEVERE, "Quintet can't be started", e);
        suite.close();
        say(suite.board().snapshot());
        return false;
    }

    private void stop() {
        if (phase.get() == Phase.FAILED) {
            return;
        }
        phase.set(Phase.STOPPING);
        suite.close();
        try {
            Files.deleteIfExists(data.statusFile());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The status file can't be deleted", e);
        }
    }

    /** Writes the status. On a full disk it stays untold for now, rather than end the supervision of the part it is about. */
    private synchronized void say(List<PartStatus> parts) {
        try {
            new SuiteStatus(ProcessIdentity.of(ProcessHandle.current()), suite.url(), phase.get(), message, parts)
                    .write(data);
            untold = false;
        } catch (UncheckedIOException e) {
            LOG.log(untold ? Level.FINE : Level.WARNING, "The status can't be written; it is tried again", e);
            untold = true;
        }
    }
}
