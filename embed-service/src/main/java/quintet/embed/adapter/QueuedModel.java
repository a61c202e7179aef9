package quintet.embed.adapter;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.ModelRef;
import quintet.embed.model.Urgency;
import quintet.encoder.work.Priority;
import quintet.encoder.work.QueueClosedException;
import quintet.encoder.work.QueueFullException;
import quintet.encoder.work.Timed;
import quintet.failure.Failure;

/**
 * The way through a queue of texts: hands inputs in, gathers their vectors and figures, and says what went wrong in the words of
 * {@link Failure}.
 *
 * @param <I> what waits
 * @param <O> what becomes of it
 */
public final class QueuedModel<I, O> {
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final ModelRef ref;
    private final Submitter<I, O> atOnce;
    private final Submitter<I, O> whenRoom;
    private final Describer<I, O> describer;
    private final EncoderMetrics metrics;

    /** A way into a queue. */
    public interface Submitter<I, O> {
        /**
         * Submits inputs, all or none.
         *
         * @throws QueueFullException if they do not fit
         * @throws QueueClosedException after the queue was closed
         */
        List<CompletableFuture<Timed<O>>> submit(Collection<I> inputs, Priority priority) throws InterruptedException;
    }

    /** Makes of an input and what became of it what the caller hears. */
    public interface Describer<I, O> {
        /** Returns the vector with what was read of its input; throws {@link Failure} if there is none. */
        Embedding describe(I input, O output);
    }

    /**
     * Takes what it stands on.
     *
     * @param atOnce refuses what does not fit
     * @param whenRoom waits until it does
     */
    public QueuedModel(
            ModelRef ref,
            Submitter<I, O> atOnce,
            Submitter<I, O> whenRoom,
            Describer<I, O> describer,
            EncoderMetrics metrics) {
        this.ref = ref;
        this.atOnce = atOnce;
        this.whenRoom = whenRoom;
        this.describer = describer;
        this.metrics = metrics;
    }

    /**
     * Embeds inputs that a caller waits for; cancelling drops those that have not begun.
     *
     * @return fails with OVERLOADED if they do not fit the queue, and with UNAVAILABLE while the service shuts down
     */
    public Uni<EmbedResult> embed(List<I> inputs, Urgency urgency) {
        List<CompletableFuture<Timed<O>>> results =
                submit(atOnce, inputs, urgency == Urgency.INTERACTIVE ? Priority.INTERACTIVE : Priority.BULK);
        return Uni.createFrom()
                .completionStage(all(results))
                .map(_ -> collect(results, inputs, urgency))
                .onFailure()
                .transform(this::toFailure)
                .onCancellation()
                .invoke(() -> results.forEach(result -> result.cancel(false)));
    }

    /**
     * Embeds inputs that nobody waits for; blocks until there is room for them and until they are done.
     *
     * @throws Failure UNAVAILABLE while the service shuts down
     */
    public EmbedResult embedWhenRoom(List<I> inputs) {
        List<CompletableFuture<Timed<O>>> results = submit(whenRoom, inputs, Priority.BULK);
        try {
            all(results).join();
            return collect(results, inputs, Urgency.BULK);
        } catch (CompletionException e) {
            throw toFailure(e);
        }
    }

    private List<CompletableFuture<Timed<O>>> submit(Submitter<I, O> way, List<I> inputs, Priority priority) {
        try {
            return way.submit(inputs, priority);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw shuttingDown(e);
        } catch (QueueFullException | QueueClosedException e) {
            throw toFailure(e);
        }
    }

    private static <T> CompletableFuture<Void> all(List<CompletableFuture<T>> results) {
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new));
    }

    private EmbedResult collect(List<CompletableFuture<Timed<O>>> results, List<I> inputs, Urgency urgency) {
        List<Embedding> embeddings = new ArrayList<>(results.size());
        Duration queueTime = Duration.ZERO;
        Duration computeTime = Duration.ZERO;
        for (int i = 0; i < results.size(); i++) {
            Timed<O> result = results.get(i).join();
            metrics.embedded(result, urgency);
            embeddings.add(describer.describe(inputs.get(i), result.value()));
            queueTime = queueTime.compareTo(result.queueTime()) >= 0 ? queueTime : result.queueTime();
            computeTime = computeTime.plus(result.computeTime());
        }
        return new EmbedResult(embeddings, ref, queueTime, computeTime);
    }

    private Failure toFailure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (cause) {
            case QueueFullException full -> {
                metrics.refused();
                yield Failure.overloaded("OVERLOADED", String.valueOf(full.getMessage()), COME_AGAIN);
            }
            case QueueClosedException closed -> shuttingDown(closed);
            default -> Failure.of(cause);
        };
    }

    private static Failure shuttingDown(Exception cause) {
        return Failure.unavailable("SHUTTING_DOWN", "the service is shutting down", cause);
    }
}
