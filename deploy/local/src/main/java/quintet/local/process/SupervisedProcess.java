package quintet.local.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.local.part.Part;
import quintet.local.part.PartFailedException;
import quintet.local.part.PartState;
import quintet.local.part.StatusBoard;

/**
 * A process that is kept running: when it dies it comes back after a pause that grows. Only while it has never been ready do
 * {@value #FIRST_ATTEMPTS} failures end the attempts, since then something is wrong that a person has to look at.
 */
public final class SupervisedProcess implements Part {
    private static final Logger LOG = Logger.getLogger(SupervisedProcess.class.getName());
    private static final int FIRST_ATTEMPTS = 3;
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);

    private final ProcessPlan plan;
    private final Ledger ledger;
    private final StatusBoard board;
    private final BackOff backOff = new BackOff();
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Process process;
    private @Nullable Thread keeper;

    /** Doesn't start anything yet. */
    public SupervisedProcess(ProcessPlan plan, Ledger ledger, StatusBoard board) {
        this.plan = plan;
        this.ledger = ledger;
        this.board = board;
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public void start() throws PartFailedException, InterruptedException {
        keeper = Thread.ofPlatform().name(name() + "-keeper").daemon().start(this::keepRunning);
        try {
            firstReady.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PartFailedException failure
                    ? failure
                    : new PartFailedException(name() + " can't be supervised: " + e.getCause(), e);
        }
    }

    @Override
    public void stop() {
        Process running;
        synchronized (this) {
            stopping.countDown();
            running = process;
        }
        if (running != null && running.isAlive()) {
            board.update(name(), status -> status.in(PartState.STOPPING, ""));
            plan.stopPolitely().accept(running.pid());
            if (!waitFor(running, plan.stopTimeout())) {
                LOG.warning(() -> name() + " did not stop within " + plan.stopTimeout() + " and is killed");
                running.destroyForcibly();
                running.onExit().join();
            }
        }
        Thread thread = keeper;
        if (thread != null) {
            joinUninterruptibly(thread);
            board.update(name(), status -> status.in(PartState.STOPPED, "").withPid(0));
        }
    }

    private void keepRunning() {
        int attempts = 0;
        try (RotatingLog log = new RotatingLog(plan.log())) {
            while (true) {
                Instant begun = Instant.now();
                String end = runOnce(log);
                if (isStopping()) {
                    firstReady.completeExceptionally(new PartFailedException(name() + " was stopped"));
                    return;
                }
                LOG.warning(() -> name() + " " + end);
                if (!firstReady.isDone() && ++attempts == FIRST_ATTEMPTS) {
                    fail(end);
                    return;
                }
                Duration pause = backOff.after(Duration.between(begun, Instant.now()));
                board.update(
                        name(),
                        status -> status.in(PartState.RESTARTING, "%s; again in %.1f s".formatted(end, seconds(pause)))
                                .withPid(0)
                                .restarted());
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    firstReady.completeExceptionally(new PartFailedException(name() + " was stopped"));
                    return;
                }
            }
        } catch (InterruptedException | IOException | RuntimeException e) {
            LOG.log(Level.SEVERE, name() + " is no longer supervised", e);
            fail(e.toString());
        } finally {
            // Whoever waits is never left waiting, not even by an Error.
            firstReady.completeExceptionally(new PartFailedException(name() + " is not supervised"));
        }
    }

    /** Runs the process from start to end and says how it ended. */
    private String runOnce(RotatingLog log) throws InterruptedException {
        Process running;
        try {
            running = launch();
        } catch (IOException e) {
            return "can't be started: " + e.getMessage();
        }
        ProcessIdentity identity = ProcessIdentity.of(running.toHandle());
        ledger.add(name(), identity);
        board.update(name(), status -> status.in(PartState.STARTING, "").withPid(running.pid()));
        Thread pump = Thread.ofPlatform().name(name() + "-log").daemon().start(() -> pump(running, log));
        try {
            String problem = awaitReady(running);
            if (problem != null) {
                running.destroyForcibly();
                running.waitFor();
                return problem;
            }
            return "ended with code " + running.waitFor();
        } finally {
            pump.join(Duration.ofSeconds(2));
            ledger.remove(name(), identity);
        }
    }

    private synchronized Process launch() throws IOException {
        if (isStopping()) {
            throw new IOException("the launcher is stopping");
        }
        ProcessBuilder builder = new ProcessBuilder(plan.command())
                .directory(plan.folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(plan.environment());
        Process started = builder.start();
        process = started;
        return started;
    }

    private @Nullable String awaitReady(Process running) throws InterruptedException {
        Instant deadline = Instant.now().plus(plan.startTimeout());
        while (running.isAlive()) {
            if (plan.ready().isReady()) {
                board.update(name(), status -> status.in(PartState.READY, ""));
                firstReady.complete(null);
                return null;
            }
            if (Instant.now().isAfter(deadline)) {
                return "was not ready after %.0f s".formatted(seconds(plan.startTimeout()));
            }
            running.waitFor(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
        return "ended with code " + running.waitFor() + " before it was ready";
    }

    private void pump(Process running, RotatingLog log) {
        byte[] buffer = new byte[8192];
        boolean writable = true;
        try (InputStream in = running.getInputStream()) {
            // Read on even if nothing can be written, such as on a full disk: the process would block on its own
            // output.
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                try {
                    log.write(buffer, n);
                    writable = true;
                } catch (IOException e) {
                    if (writable) {
                        LOG.log(Level.WARNING, name() + ": its log can't be written", e);
                    }
                    writable = false;
                }
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, name() + ": its output ended", e);
        }
    }

    private void fail(String reason) {
        board.update(name(), status -> status.in(PartState.FAILED, reason).withPid(0));
        firstReady.completeExceptionally(
                new PartFailedException(name() + " " + reason + LogTail.forPeople(plan.log())));
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private static boolean waitFor(Process running, Duration atMost) {
        try {
            return running.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
