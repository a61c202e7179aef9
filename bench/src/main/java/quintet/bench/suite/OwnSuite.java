package quintet.bench.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A suite that the benchmark starts with the script, in a scratch data folder and on a free port, and takes down. */
public final class OwnSuite implements AutoCloseable {
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(10);
    /** Exit code of {@code status}. */
    private static final int NOT_ALL_READY = 1;

    private final Path script;
    private final Path data;
    private final int port;
    private final List<String> upOptions;

    /**
     * Prepares the folder; starts nothing.
     *
     * @param home folder of the {@code quintet} script
     * @param upOptions what {@code up} is told beside folder and port
     */
    public OwnSuite(Path home, String... upOptions) {
        this.script = home.resolve("quintet");
        this.upOptions = List.of(upOptions);
        if (!Files.isRegularFile(script)) {
            throw new SuiteException("there is no " + script + ": run ./quintet bench from the checkout");
        }
        try {
            this.data = Files.createTempDirectory("quintet-bench");
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                this.port = socket.getLocalPort();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where its front door is once it is up. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns the folder with everything that it keeps. */
    public Path data() {
        return data.resolve("data");
    }

    /** Returns a folder beside it for whatever else belongs to the measurement; deleted with it. */
    public Path scratch() {
        return data;
    }

    /** Starts it and returns how long that took, from the command to everything being ready. */
    public Duration up() {
        long start = System.nanoTime();
        List<String> arguments = new ArrayList<>(List.of("up", "--port", String.valueOf(port)));
        arguments.addAll(upOptions);
        String _ = run(Set.of(0), arguments);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Stops it; its data stay. */
    public void down() {
        String _ = run(Set.of(0), List.of("down"));
    }

    /** Returns what {@code status --json} says, whether all is ready or not. */
    public JsonNode status() {
        String output = run(Set.of(0, NOT_ALL_READY), List.of("status", "--json"));
        try {
            return new ObjectMapper().readTree(output);
        } catch (IOException e) {
            throw new SuiteException("status --json is no JSON: " + output, e);
        }
    }

    private String run(Set<Integer> expected, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(arguments);
        command.addAll(List.of("--data", data().toString()));
        String what = String.join(" ", command);
        Path output = data.resolve("output");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .redirectErrorStream(!arguments.contains("--json"));
            // Who measures has built: a build in between would be measured too.
            builder.environment().putIfAbsent("QUINTET_BUILD", "never");
            Process process = builder.start();
            if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new SuiteException(what + " did not end within " + COMMAND_LIMIT.toMinutes() + " minutes");
            }
            String printed = Files.readString(output);
            if (!expected.contains(process.exitValue())) {
                throw new SuiteException(what + " ended with " + process.exitValue() + ":\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new SuiteException(what + " could not be run", e);
        } catch (InterruptedException e) {
            throw Interruption.failure(what, e);
        }
    }

    /** Stops it, if it runs, and deletes its data. */
    @Override
    public void close() {
        Interruption.shield(this::remove);
    }

    private void remove() {
        try {
            down();
        } finally {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                System.err.println("could not delete " + data + ": " + e);
            }
        }
    }
}
