package quintet.ingest.api;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import quintet.failure.Failure;
import quintet.ingest.pipeline.LimitsConfig;

/** Bounds the uploads under way, over HTTP and gRPC together, and the bytes of those that are read into memory. */
@ApplicationScoped
class UploadSlots {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int UNIT_BYTES = 1024;

    private final Semaphore uploads;
    private final Semaphore memory;
    private final int maxUploads;
    private final int maxUnits;

    UploadSlots(LimitsConfig limits) {
        maxUploads = limits.maxUploads();
        uploads = new Semaphore(maxUploads);
        long bytes =
                Math.max(limits.maxJson().asLongValue(), limits.maxInMemory().asLongValue());
        maxUnits = units(bytes);
        memory = new Semaphore(maxUnits);
    }

    /** An upload under way. Closing it again does nothing. */
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Lets an upload in or fails with OVERLOADED. Does not block.
     *
     * @param bytesInMemory what is held in memory until it is stored; 0 for what is read from or to disk
     */
    Slot enter(long bytesInMemory) {
        if (!uploads.tryAcquire()) {
            throw overloaded("%d uploads are under way, the limit".formatted(maxUploads));
        }
        int units = Math.min(maxUnits, units(bytesInMemory));
        if (!memory.tryAcquire(units)) {
            uploads.release();
            throw overloaded("uploads under way hold %d kB in memory and this one has %d kB, the limit is %d kB"
                    .formatted(maxUnits - memory.availablePermits(), units, maxUnits));
        }
        AtomicBoolean held = new AtomicBoolean(true);
        return () -> {
            if (held.getAndSet(false)) {
                memory.release(units);
                uploads.release();
            }
        };
    }

    private static int units(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    }

    private static Failure overloaded(String message) {
        return Failure.overloaded("OVERLOADED", message, RETRY_AFTER);
    }
}
