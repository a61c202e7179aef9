package quintet.bench.faults;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells when a suite works again: when a document handed in after the fault is found. */
final class Canary {
    private static final String COLLECTION = "faults-canary";
    private static final int FIRST = 60_000;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Door door;
    private final long seed;
    private final AtomicInteger sent = new AtomicInteger();

    Canary(Door door, long seed) {
        this.door = door;
        this.seed = seed;
    }

    /** Hands a document in, again and again if need be, and waits until it is found; empty if it never is. */
    Optional<Duration> await(long sinceNanos, Duration atMost) throws InterruptedException {
        // Not a number that makes a long text.
        Subject subject = new Subject(COLLECTION, FIRST + 4 * sent.getAndIncrement() + 1);
        String text = MarkedText.of(seed, subject, 1).text();
        long deadline = System.nanoTime() + atMost.toNanos();
        boolean stored = false;
        while (System.nanoTime() < deadline) {
            stored = stored || door.put(subject, text).isSuccess();
            if (stored) {
                Door.Reply reply = door.search(subject);
                if (reply.isSuccess() && !Sighting.of(subject, reply.body()).isEmpty()) {
                    return Optional.of(Duration.ofNanos(System.nanoTime() - sinceNanos));
                }
            }
            Thread.sleep(POLL);
        }
        return Optional.empty();
    }
}
