package quintet.bench.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches all along: whatever happens to the suite, a search that answers must find one whole version of a document or nothing, never an
 * older one than before, and nothing only if the document may be deleted or was not there yet.
 */
final class SearchWatch implements AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(60);

    private final Door door;
    private final Supplier<Map<Subject, History>> documents;
    private final Violations violations;
    private final Random random;
    private final Map<Subject, Sighting> last = new HashMap<>();
    private final Map<Subject, Long> highest = new HashMap<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** Watches the documents that {@code documents} returns at the time. */
    SearchWatch(Door door, Supplier<Map<Subject, History>> documents, Violations violations, long seed) {
        this.door = door;
        this.documents = documents;
        this.violations = violations;
        this.random = new Random(seed);
    }

    void start() {
        thread = Thread.ofVirtual().name("search-watch").start(this::run);
    }

    /** Returns how many searches were answered. */
    int answered() {
        return answered.get();
    }

    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        if (thread != null) {
            thread.join();
        }
    }

    private void run() {
        try {
            while (!stopping.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
                Map<Subject, History> now = documents.get();
                if (!now.isEmpty()) {
                    Subject subject = choose(List.copyOf(now.keySet()));
                    look(subject, now.getOrDefault(subject, new History()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Half of the time one of many passages, where there is most to go wrong. */
    private Subject choose(List<Subject> subjects) {
        Subject subject = subjects.get(random.nextInt(subjects.size()));
        List<Subject> longer = random.nextBoolean()
                ? subjects.stream()
                        .filter(each -> MarkedText.sentences(each) > 10)
                        .toList()
                : List.of();
        return longer.isEmpty() ? subject : longer.get(random.nextInt(longer.size()));
    }

    private void look(Subject subject, History history) throws InterruptedException {
        Door.Reply reply = door.search(subject);
        if (!reply.isSuccess()) {
            return;
        }
        answered.incrementAndGet();
        Sighting now = Sighting.of(subject, reply.body());
        now.flaws(subject).forEach(violations::add);
        Sighting before = last.put(subject, now);
        if (now.isEmpty()) {
            Optional<Integer> edition = before == null ? Optional.empty() : before.edition();
            if (edition.isPresent() && !history.mayBeDeletedAfter(edition.get())) {
                violations.add(new Violation(
                        Violation.Kind.GAP,
                        subject,
                        "nothing was found after edition %d, and it was not deleted".formatted(edition.get())));
            }
            return;
        }
        long known = highest.getOrDefault(subject, 0L);
        boolean back = now.version() < known || (before != null && before.isEmpty() && now.version() == known);
        if (back) {
            violations.add(new Violation(
                    Violation.Kind.RESURRECTED,
                    subject,
                    "version %d was found after version %d%s"
                            .formatted(
                                    now.version(), known, before != null && before.isEmpty() ? " and nothing" : "")));
        }
        highest.put(subject, Math.max(known, now.version()));
    }
}
