package quintet.generate.pipeline;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.multi.AbstractMultiOperator;
import io.smallrye.mutiny.operators.multi.MultiOperatorProcessor;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.SerializedSubscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.Deadline;

/**
 * Ends a stream that the service has no more time for, at the deadline of the answer or because the service stops, and cancels what
 * is behind it. A reader who is too slow for the deadline does not get the rest: nobody holds a model server for ever.
 */
final class AnswerGuard<T> extends AbstractMultiOperator<T, T> {
    private final Deadline deadline;
    private final ActiveAnswers active;

    private AnswerGuard(Multi<? extends T> upstream, Deadline deadline, ActiveAnswers active) {
        super(upstream);
        this.deadline = deadline;
        this.active = active;
    }

    /** Returns {@code upstream} as long as there is time. */
    static <T> Multi<T> until(Deadline deadline, ActiveAnswers active, Multi<T> upstream) {
        return new AnswerGuard<>(upstream, deadline, active);
    }

    @Override
    public void subscribe(MultiSubscriber<? super T> downstream) {
        // The end of the time comes on a thread of its own and may meet an item.
        Processor<T> processor = new Processor<>(new SerializedSubscriber<>(downstream), active);
        processor.watch(deadline);
        upstream().subscribe(processor);
    }

    private static final class Processor<T> extends MultiOperatorProcessor<T, T> {
        private final ActiveAnswers active;
        private final Consumer<Failure> abort = this::abort;
        private boolean over;
        private @Nullable ScheduledFuture<?> timer;

        Processor(MultiSubscriber<? super T> downstream, ActiveAnswers active) {
            super(downstream);
            this.active = active;
            active.add(abort);
        }

        synchronized void watch(Deadline deadline) {
            timer = Infrastructure.getDefaultWorkerPool()
                    .schedule(() -> abort(exceeded()), deadline.left().toNanos(), TimeUnit.NANOSECONDS);
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

        private static Failure exceeded() {
            return Failure.unavailable(
                    "DEADLINE_EXCEEDED", "the time for the answer was over before it was complete", null);
        }
    }
}
