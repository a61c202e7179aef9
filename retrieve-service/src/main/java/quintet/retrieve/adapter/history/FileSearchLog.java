package quintet.retrieve.adapter.history;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.retrieve.model.history.KeptSearch;
import quintet.retrieve.model.history.SearchId;
import quintet.retrieve.port.SearchLog;

/**
 * {@link SearchLog} in a ring of files. A thread of its own opens them, so that the start does not wait, and writes what waits in a
 * bounded queue. What was written survives a killed process; what a power failure takes is searches that nobody needs to work.
 *
 * <p>A folder that another process has is left alone, and nothing is kept then.
 */
@ApplicationScoped
class FileSearchLog implements SearchLog {
    private static final Logger LOG = Logger.getLogger(FileSearchLog.class);
    private static final Pattern REPLICA = Pattern.compile("[0-9a-f]{8}");
    private static final long MEGABYTE = 1L << 20;
    private static final long LOOK_MS = 50;
    private static final long STOP_MS = 5_000;

    private final HistoryConfig config;
    private final Counter kept;
    private final Counter dropped;
    private final BlockingQueue<KeptSearch> queue;
    /** What waits, by id, so that a search is found at once. */
    private final Map<String, KeptSearch> waiting = new ConcurrentHashMap<>();

    private final Thread writer =
            Thread.ofPlatform().daemon().name("search-log").unstarted(this::run);
    private final ReadThread reader = new ReadThread();
    private volatile @Nullable Opened opened;
    private volatile boolean stopping;

    private record Opened(SearchRing ring, String replica, FileChannel lock) {}

    FileSearchLog(HistoryConfig config, MeterRegistry metrics) {
        this.config = config;
        queue = new ArrayBlockingQueue<>(config.queue());
        kept = counter(metrics, "kept");
        dropped = counter(metrics, "dropped");
    }

    private static Counter counter(MeterRegistry metrics, String outcome) {
        return Counter.builder("quintet.retrieve.history")
                .description("Searches that were written to the log, or were not since too many waited")
                .tag("outcome", outcome)
                .register(metrics);
    }

    void start(@Observes StartupEvent started) {
        if (config.enabled()) {
            writer.start();
        }
    }

    @Override
    public Optional<SearchId> next() {
        Opened log = opened;
        if (log == null || stopping) {
            return Optional.empty();
        }
        return Optional.of(new SearchId("%s-%012x-%012x"
                .formatted(
                        log.replica(),
                        System.currentTimeMillis(),
                        ThreadLocalRandom.current().nextLong(1L << 48))));
    }

    @Override
    public boolean keep(KeptSearch search) {
        if (stopping) {
            return false;
        }
        waiting.put(search.id().value(), search);
        if (queue.offer(search)) {
            return true;
        }
        waiting.remove(search.id().value());
        dropped.increment();
        return false;
    }

    @Override
    public Uni<Optional<KeptSearch>> find(SearchId id) {
        return reader.run(() -> read(id));
    }

    private Optional<KeptSearch> read(SearchId id) {
        KeptSearch unwritten = waiting.get(id.value());
        if (unwritten != null) {
            return Optional.of(unwritten);
        }
        Opened log = opened;
        if (log == null) {
            return Optional.empty();
        }
        try {
            Optional<byte[]> json = log.ring().find(id);
            return json.isEmpty() ? Optional.empty() : Optional.of(SearchJson.read(json.get()));
        } catch (IOException e) {
            LOG.warnf("search %s can not be read, reason=SEARCHES_UNREADABLE: %s", id.value(), described(e));
            throw Failure.unavailable(
                    "SEARCHES_UNREADABLE", "search '%s' can not be read from the disk".formatted(id.value()), null);
        }
    }

    private void run() {
        Opened log;
        try {
            log = open();
        } catch (IOException | OverlappingFileLockException e) {
            LOG.warnf(e, "searches are not kept: their folder %s can not be used", config.dir());
            return;
        }
        opened = log;
        LOG.infof("%d searches are kept in %s", log.ring().count(), config.dir());
        try {
            while (!stopping || !queue.isEmpty()) {
                KeptSearch search = queue.poll(LOOK_MS, TimeUnit.MILLISECONDS);
                if (search != null) {
                    write(log.ring(), search);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(log.lock());
        }
    }

    private void write(SearchRing ring, KeptSearch search) {
        try {
            ring.append(search.id(), SearchJson.write(search));
            kept.increment();
        } catch (IOException | RuntimeException e) {
            // The next one may fit again: a full disk is no reason to end.
            LOG.warnf("a search could not be kept: %s", described(e));
        } finally {
            waiting.remove(search.id().value());
        }
    }

    /** What JSON says of a failure may have a question in it, which no log is to have. */
    private static String described(Exception e) {
        return e instanceof JsonProcessingException || e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage();
    }

    private Opened open() throws IOException {
        Path folder = config.dir().toAbsolutePath().normalize();
        Files.createDirectories(folder, ownerOnly(folder));
        FileChannel lock = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new IOException("another process keeps its searches there");
            }
            SearchRing ring = SearchRing.open(folder, config.maxSearches(), config.maxMegabytes() * MEGABYTE);
            return new Opened(ring, replica(folder.resolve("replica")), lock);
        } catch (IOException | RuntimeException e) {
            close(lock);
            throw e;
        }
    }

    /** Questions are nobody else's business. */
    private static FileAttribute<?>[] ownerOnly(Path folder) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix && !Files.exists(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Returns what ids of this folder begin with, the same after each start. */
    private static String replica(Path file) throws IOException {
        if (Files.exists(file)) {
            String known = Files.readString(file).strip();
            if (REPLICA.matcher(known).matches()) {
                return known;
            }
        }
        String made = "%08x".formatted(ThreadLocalRandom.current().nextInt());
        Files.writeString(file, made + "\n");
        return made;
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf(e, "a lock could not be let go of");
        }
    }

    /** Writes what waits and ends. Does not interrupt the thread, which would close its files in the middle of a record. */
    @PreDestroy
    void close() {
        stopping = true;
        reader.close();
        try {
            writer.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
