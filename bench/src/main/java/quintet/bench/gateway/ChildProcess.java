package quintet.bench.gateway;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import quintet.bench.suite.Interruption;
import quintet.bench.suite.SuiteException;

/** A process that the measurement starts, waits for by its port, and ends. */
final class ChildProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String name;
    private final Process process;
    private final File log;

    private ChildProcess(String name, Process process, File log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts it, with what it says in a file of {@code scratch}, and waits until it listens on {@code port}. */
    static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path scratch, int port) {
        File log = scratch.resolve(name + ".log").toFile();
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
            builder.environment().putAll(environment);
            ChildProcess child = new ChildProcess(name, builder.start(), log);
            child.awaitPort(port);
            return child;
        } catch (IOException e) {
            throw new SuiteException(name + " can not be started", e);
        }
    }

    private void awaitPort(int port) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new SuiteException("%s does not listen on port %d, see %s".formatted(name, port, log));
            }
            try {
                Thread.sleep(Duration.ofMillis(100));
            } catch (InterruptedException e) {
                close();
                throw Interruption.failure("the start of " + name, e);
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the processor time that it has used, with its child processes. */
    Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(handle -> handle.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                var _ = process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            var _ = process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
