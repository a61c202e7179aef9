package quintet.bench.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import quintet.bench.faults.Operation.Kind;
import quintet.bench.faults.Operation.Outcome;

/**
 * A steady stream of new documents, new texts of old ones and deletions. Each document has one writer, which waits for each answer before
 * it changes the document again; what the writers choose is drawn by the seed.
 */
final class Load implements AutoCloseable {
    private static final int WRITERS = 4;
    private static final List<String> COLLECTIONS = List.of("faults-a", "faults-b", "faults-c");
    /** Requests per document in all: each is made once, every other one is changed, every fifth is deleted. */
    private static final double REQUESTS_PER_DOCUMENT = 1.7;

    /** Embedding large ones again and again would be a load of its own. */
    private static final int REQUESTS_PER_LARGE_DOCUMENT = 3;

    private static final double SHARE_OF_DELETIONS = 0.3;

    private final Door door;
    private final AcknowledgementLog log;
    private final long seed;
    private final int documents;
    private final Duration pace;
    private final Map<Subject, History> histories = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger created = new AtomicInteger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> writers = new ArrayList<>();

    /**
     * Prepares the load.
     *
     * @param documents how many new ones there will be
     * @param over the time in which they come; afterwards only changes and deletions go on
     */
    Load(Door door, AcknowledgementLog log, long seed, int documents, Duration over) {
        this.door = door;
        this.log = log;
        this.seed = seed;
        this.documents = documents;
        this.pace = Duration.ofNanos((long) (over.toNanos() / (documents * REQUESTS_PER_DOCUMENT) * WRITERS));
    }

    void start() {
        IntStream.range(0, WRITERS)
                .forEach(writer -> writers.add(threads.submit(() -> {
                    new Writer(writer).run();
                    return null;
                })));
    }

    /** Returns the documents that were sent so far, with what was asked of each. */
    Map<Subject, History> histories() {
        return Map.copyOf(histories);
    }

    /** Returns how many new documents were sent. */
    int created() {
        return created.get();
    }

    int acknowledged() {
        return acknowledged.get();
    }

    int unanswered() {
        return unanswered.get();
    }

    /** Ends the load after the requests on their way. */
    void stop() throws InterruptedException {
        stopping.countDown();
        for (Future<?> writer : writers) {
            try {
                Object _ = writer.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a writer failed", e);
            }
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        threads.shutdownNow();
        threads.close();
    }

    private final class Writer {
        private final int number;
        private final Random random;
        private final List<Subject> mine = new ArrayList<>();

        private Writer(int number) {
            this.number = number;
            this.random = new Random(seed * 31 + number);
        }

        private void run() throws InterruptedException {
            int next = number;
            do {
                boolean fresh = next < documents && (mine.isEmpty() || random.nextDouble() * REQUESTS_PER_DOCUMENT < 1);
                if (fresh) {
                    Subject subject = new Subject(COLLECTIONS.get(next % COLLECTIONS.size()), next);
                    next += WRITERS;
                    mine.add(subject);
                    histories.put(subject, new History());
                    created.incrementAndGet();
                    put(subject);
                } else if (!mine.isEmpty()) {
                    Subject subject = mine.get(random.nextInt(mine.size()));
                    if (!isLarge(subject) || history(subject).operations().size() < REQUESTS_PER_LARGE_DOCUMENT) {
                        change(subject);
                    }
                }
            } while (!stopping.await(pause(), TimeUnit.NANOSECONDS));
        }

        private static boolean isLarge(Subject subject) {
            return MarkedText.sentences(subject) > 100;
        }

        private void change(Subject subject) throws InterruptedException {
            List<Operation> before = history(subject).operations();
            Operation last = before.getLast();
            if (last.isOpen() && last.kind() == Kind.PUT && random.nextBoolean()) {
                // What a client does that got no answer: the same again.
                send(subject, Operation.put(before.size() + 1, last.edition(), last.sha256()));
            } else if (random.nextDouble() < SHARE_OF_DELETIONS) {
                send(subject, Operation.delete(before.size() + 1));
            } else {
                put(subject);
            }
        }

        private void put(Subject subject) throws InterruptedException {
            int number = history(subject).operations().size() + 1;
            send(
                    subject,
                    Operation.put(
                            number, number, MarkedText.of(seed, subject, number).sha256()));
        }

        private void send(Subject subject, Operation operation) throws InterruptedException {
            note(subject, operation);
            Door.Reply reply = operation.kind() == Kind.DELETE
                    ? door.delete(subject)
                    : door.put(
                            subject,
                            MarkedText.of(seed, subject, operation.edition()).text());
            Outcome outcome =
                    reply.isSuccess() ? Outcome.ACKNOWLEDGED : reply.isRefusal() ? Outcome.REFUSED : Outcome.UNKNOWN;
            note(
                    subject,
                    operation.settled(outcome, reply.body().path("version").asLong()));
            if (outcome == Outcome.ACKNOWLEDGED) {
                acknowledged.incrementAndGet();
            } else if (outcome == Outcome.UNKNOWN) {
                unanswered.incrementAndGet();
            }
        }

        private void note(Subject subject, Operation operation) {
            log.append(subject, operation);
            history(subject).note(operation);
        }

        private History history(Subject subject) {
            return histories.computeIfAbsent(subject, _ -> new History());
        }

        /** Between half and one and a half times the pace: writers must not march in step. */
        private long pause() {
            return (long) (pace.toNanos() * (0.5 + ThreadLocalRandom.current().nextDouble()));
        }
    }
}
