package quintet.generate.pipeline;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.multi.AbstractMultiOperator;
import io.smallrye.mutiny.operators.multi.MultiOperatorProcessor;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.SerializedSubscriber;
import java.time.Duration;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.Deadline;

/**
 * Fails a stream of tokens that stalls, or that the service has no more time for, and cancels what is behind it. The time until the
 * first item and the time between two items have bounds of their own; the deadline of the answer is above both. The clock stands
 * still while nobody asks for an item: a slow reader is no stall.
 */
final class StallGuard<T> extends AbstractMultiOperator<T, T> {
    /** Bounds of a stream. */
    record Bounds(Duration first, Duration between, Deadline deadline) {}

    private final Bounds bounds;
    private final ActiveAnswers active;

    private StallGuard(Multi<? extends T> upstream, Bounds bounds, ActiveAnswers active) {
        super(upstream);
        this.bounds = bounds;
        this.active = active;
    }

    /** Returns {@code upstream} within {@code bounds}. */
    static <T> Multi<T> within(Bounds bounds, ActiveAnswers active, Multi<T> upstream) {
        return new StallGuard<>(upstream, bounds, active);
    }

    @Override
    public void subscribe(MultiSubscriber<? super T> downstream) {
        // A time-out fires on a thread of its own and may meet an item.
        upstream().subscribe(new Processor<>(new SerializedSubscriber<>(downstream), bounds, active));
    }

    private static final class Processor<T> extends MultiOperatorProcessor<T, T> {
        private final Bounds bounds;
        private final ActiveAnswers active;
        private final Consumer<Failure> abort = this::abort;
        private long outstanding;
        private boolean started;
        private boolean over;
        private @Nullable ScheduledFuture<?> timer;

        Processor(MultiSubscriber<? super T> downstream, Bounds bounds, ActiveAnswers active) {
            super(downstream);
            this.bounds = bounds;
            this.active = active;
            active.add(abort);
        }

        @Override
        public void request(long n) {
            synchronized (this) {
                boolean idle = outstanding == 0;
                outstanding = outstanding + n < 0 ? Long.MAX_VALUE : outstanding + n;
                if (idle) {
                    restart();
                }
            }
            super.request(n);
        }

        @Override
        public void onItem(T item) {
            synchronized (this) {
                started = true;
                if (outstanding != Long.MAX_VALUE) {
                    outstanding--;
                }
                restart();
            }
            super.onItem(item);
        }

        @Override
        public void onFailure(Throwable failure) {
            if (end()) {
                super.onFailure(failure);
            }
        }

        @Override
        public void onCompletion() {
            if (end()) {
                super.onCompletion();
            }
        }

        @Override
        public void cancel() {
            if (end()) {
                super.cancel();
            }
        }

        /** Ends the stream once; returns whether this call did. */
        private synchronized boolean end() {
            if (over) {
                return false;
            }
            over = true;
            active.remove(abort);
            if (timer != null) {
                timer.cancel(false);
            }
            return true;
        }

        private void abort(Failure failure) {
            Subscription upstream = getUpstreamSubscription();
            if (end()) {
                super.onFailure(failure);
                if (upstream != null) {
                    upstream.cancel();
                }
            }
        }

        private void restart() {
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
            if (over || outstanding == 0) {
                return;
            }
            Duration bound = started ? bounds.between() : bounds.first();
            Duration left = bounds.deadline().left();
            boolean last = left.compareTo(bound) <= 0;
            Failure failure = last ? deadlineExceeded() : stalled(bound);
            timer = Infrastructure.getDefaultWorkerPool()
                    .schedule(() -> abort(failure), (last ? left : bound).toNanos(), TimeUnit.NANOSECONDS);
        }

        private Failure stalled(Duration bound) {
            String which = started ? "further" : "first";
            return Failure.unavailable(
                    "MODEL_SERVER_UNAVAILABLE",
                    "the model server sent no %s token for %d ms".formatted(which, bound.toMillis()),
                    null);
        }

        private static Failure deadlineExceeded() {
            return Failure.unavailable(
                    "DEADLINE_EXCEEDED", "the time for the answer was over before it was complete", null);
        }
    }
}
