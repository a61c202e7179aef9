package quintet.ingest.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.Lane;
import quintet.ingest.model.LaneLoad;
import quintet.ingest.port.Lanes;
import quintet.ingest.port.StorageSpace;

/**
 * Refuses new documents before the backlog or the disk overflows. Asks the database and the disk every other second, not with
 * each upload, so that a refusal costs nothing and the bounds are exceeded by what two seconds bring at most.
 */
@ApplicationScoped
public class Admission {
    private static final Logger LOG = Logger.getLogger(Admission.class);
    private static final Duration DISK_RETRY_AFTER = Duration.ofMinutes(1);
    private static final Duration UNKNOWN_RETRY_AFTER = Duration.ofSeconds(30);
    private static final long LONGEST_RETRY_SECONDS = 300;

    /** Whoever comes again finds room for more than one document. */
    private static final double ROOM_WHEN_BACK = 0.05;

    private final Lanes lanes;
    private final StorageSpace storage;
    private final long maxWaiting;
    private final long minFreeBytes;
    private final Map<Lane, DrainRate> rates = new EnumMap<>(Lane.class);
    private volatile Map<Lane, LaneLoad> loads = Map.of();
    private volatile @Nullable Failure refusal;

    Admission(Lanes lanes, StorageSpace storage, AdmissionConfig config, MeterRegistry meters) {
        this.lanes = lanes;
        this.storage = storage;
        maxWaiting = config.maxWaiting();
        minFreeBytes = config.minFreeDisk().asLongValue();
        for (Lane lane : Lane.values()) {
            rates.put(lane, new DrainRate());
            Tags tags = Tags.of("lane", lane.name());
            meters.gauge(
                    "quintet.ingest.dispatch.waiting",
                    tags,
                    this,
                    it -> it.load(lane).waiting());
            meters.gauge(
                    "quintet.ingest.dispatch.in.flight",
                    tags,
                    this,
                    it -> it.load(lane).inFlight());
        }
    }

    /** Fails with OVERLOADED, reason BACKLOG_FULL or INSUFFICIENT_STORAGE, while there is no room. Does not block. */
    public void require() {
        Failure why = refusal;
        if (why != null) {
            throw why;
        }
    }

    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void read() {
        try {
            Map<Lane, LaneLoad> fresh = lanes.load(2 * maxWaiting);
            long now = System.nanoTime();
            rates.forEach((lane, rate) ->
                    rate.add(now, fresh.getOrDefault(lane, LaneLoad.IDLE).granted()));
            loads = fresh;
            decide(storage.freeBytes());
        } catch (Failure failure) {
            LOG.debugf("load not read, reason=%s", failure.reason());
        }
    }

    private void decide(long freeBytes) {
        Failure before = refusal;
        Failure now = freeBytes < minFreeBytes ? diskFull(freeBytes) : backlogFull();
        refusal = now;
        if ((before == null) != (now == null)) {
            LOG.infof(
                    "uploads are %s, waiting=%d freeBytes=%d%s",
                    now == null ? "taken again" : "refused",
                    waiting(),
                    freeBytes,
                    now == null ? "" : " reason=" + now.reason());
        }
    }

    private Failure diskFull(long freeBytes) {
        return Failure.overloaded(
                "INSUFFICIENT_STORAGE",
                "%d MB of disk are free, %d MB must stay so".formatted(freeBytes / 1_000_000, minFreeBytes / 1_000_000),
                DISK_RETRY_AFTER);
    }

    private @Nullable Failure backlogFull() {
        long waiting = waiting();
        return waiting <= maxWaiting
                ? null
                : Failure.overloaded(
                        "BACKLOG_FULL",
                        "%d documents and parts of documents wait, the bound is %d".formatted(waiting, maxWaiting),
                        retryAfter(waiting - (1 - ROOM_WHEN_BACK) * maxWaiting));
    }

    /** A document waits to be parsed and then to be embedded: the slower lane says when there is room. */
    private Duration retryAfter(double excess) {
        double rate = Double.POSITIVE_INFINITY;
        for (Lane lane : new Lane[] {Lane.PARSE, Lane.EMBED, Lane.INDEX}) {
            OptionalDouble measured = load(lane).waiting() == 0
                    ? OptionalDouble.empty()
                    : rates.getOrDefault(lane, new DrainRate()).perSecond();
            rate = Math.min(rate, measured.orElse(rate));
        }
        return Double.isInfinite(rate)
                ? UNKNOWN_RETRY_AFTER
                : Duration.ofSeconds(Math.clamp((long) Math.ceil(excess / rate), 1, LONGEST_RETRY_SECONDS));
    }

    private long waiting() {
        return load(Lane.PARSE).waiting()
                + load(Lane.EMBED).waiting()
                + load(Lane.INDEX).waiting();
    }

    private LaneLoad load(Lane lane) {
        return loads.getOrDefault(lane, LaneLoad.IDLE);
    }
}
