package quintet.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import quintet.bench.report.Progress;
import quintet.bench.suite.OwnSuite;
import quintet.bench.suite.SuiteException;

/** A suite of the measurement's own whose processes, disk and broker can be reached from behind. */
final class SuiteUnderFaults implements AutoCloseable {
    /** The services that documents pass through. */
    static final List<String> SERVICES = List.of("ingest", "embed", "retrieve");

    private static final Duration PART_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(300);
    /** Making caches for fast starts takes minutes, and how fast a start is does not matter here. */
    private static final String NO_TRAINING = "--no-training";

    private static final int VOLUME_MEBIBYTES = 1280;

    private final OwnSuite suite;
    private final Progress progress;
    private final @Nullable URI rabbitmq;
    private @Nullable Volume volume;
    private @Nullable EventTap tap;

    /**
     * Prepares a suite.
     *
     * @param rabbitmq a broker of one's own instead of the embedded one
     */
    SuiteUnderFaults(Path home, @Nullable URI rabbitmq, Progress progress) {
        this.suite = rabbitmq == null
                ? new OwnSuite(home, NO_TRAINING)
                : new OwnSuite(home, NO_TRAINING, "--rabbitmq", rabbitmq.toString());
        this.rabbitmq = rabbitmq;
        this.progress = progress;
    }

    URI url() {
        return suite.url();
    }

    /** Returns where files of the measurement may lie. */
    Path scratch() {
        return suite.scratch();
    }

    /** Starts everything, on a volume of limited size where that can be had. */
    void start() {
        volume = Volume.mount(
                        suite.data(),
                        VOLUME_MEBIBYTES,
                        why -> progress.say("The disk is not filled, since no volume can be mounted: " + why))
                .orElse(null);
        up();
    }

    /** Starts everything again after its launcher is gone. */
    void up() {
        Duration took = suite.up();
        progress.say("  up after %d s".formatted(took.toSeconds()));
        closeTap();
    }

    void down() {
        suite.down();
    }

    Optional<Volume> volume() {
        return Optional.ofNullable(volume);
    }

    boolean ownsBroker() {
        return rabbitmq == null;
    }

    /** Returns the process of a part, once it is ready. */
    long pid(String part) throws InterruptedException {
        long deadline = System.nanoTime() + PART_LIMIT.toNanos();
        while (true) {
            JsonNode found = part(part);
            if (found.path("state").asText().equals("READY")) {
                return found.path("pid").asLong();
            }
            if (System.nanoTime() > deadline) {
                throw new SuiteException(part + " is not ready but " + found);
            }
            Thread.sleep(POLL);
        }
    }

    /** Returns the process of the launcher, which holds the door. */
    long launcherPid() {
        return suite.status().path("launcher").path("pid").asLong();
    }

    /** Returns the ear and mouth at the suite's broker. */
    EventTap tap() {
        EventTap open = tap;
        if (open != null && !open.isOpen()) {
            closeTap();
            open = null;
        }
        if (open == null) {
            open = EventTap.open(broker());
            tap = open;
        }
        return open;
    }

    private URI broker() {
        if (rabbitmq != null) {
            return rabbitmq;
        }
        try {
            String password = Files.readString(suite.data().resolve("secrets").resolve("broker"))
                    .strip();
            return URI.create("amqp://quintet:%s@127.0.0.1:%d/%%2F"
                    .formatted(password, part("broker").path("port").asInt()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode part(String name) {
        return StreamSupport.stream(suite.status().path("parts").spliterator(), false)
                .filter(part -> part.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new SuiteException("the suite has no part " + name));
    }

    /** Copies the logs of all parts, so that a broken promise can be looked into. */
    void keepLogs(Path folder) {
        Path logs = suite.data().resolve("logs");
        try (Stream<Path> files = Files.list(logs)) {
            Files.createDirectories(folder);
            for (Path file : (Iterable<Path>) files::iterator) {
                Path _ = Files.copy(file, folder.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            progress.say("The logs could not be kept: " + e);
        }
    }

    /** Writes down what every thread of the services is doing, virtual ones too, so that a service that hangs can be looked into. */
    void keepThreads(Path folder) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        for (String service : SERVICES) {
            try {
                SystemCommand.run(
                        jcmd.toString(),
                        String.valueOf(part(service).path("pid").asLong()),
                        "Thread.dump_to_file",
                        folder.resolve(service + ".threads").toString());
            } catch (SuiteException e) {
                progress.say("The threads of " + service + " could not be kept: " + e.getMessage());
            }
        }
        progress.say("  threads kept in " + folder);
    }

    private void closeTap() {
        if (tap != null) {
            tap.close();
            tap = null;
        }
    }

    @Override
    public void close() {
        try (OwnSuite _ = suite) {
            closeTap();
            boolean interrupted = Thread.interrupted();
            try {
                suite.down();
            } finally {
                if (volume != null) {
                    volume.close();
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
