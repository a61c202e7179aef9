package quintet.generate.pipeline.gateway;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/**
 * One prompt on its way through {@link Admission}, from its arrival until its stream has ended, however that comes about. Its fields
 * are under the lock of the admission.
 */
final class Ticket {
    final Order order;
    final long enteredNanos = System.nanoTime();

    @Nullable
    Member member;

    FairQueue.@Nullable Place<Ticket> place;

    @Nullable
    ScheduledFuture<?> expiry;

    boolean closed;
    private @Nullable Failure refusal;
    private @Nullable UniEmitter<? super Member> emitter;

    Ticket(Order order) {
        this.order = order;
    }

    /**
     * Returns the server that the prompt may go to, as soon as it is its turn; now if that is now. Fails with
     * {@code MODEL_SERVER_OVERLOADED} or {@code MODEL_SERVER_UNAVAILABLE}. To be subscribed to once.
     */
    Uni<Member> granted() {
        return Uni.createFrom().emitter(waiting -> {
            synchronized (this) {
                emitter = waiting;
            }
            tell();
        });
    }

    /** Lets the prompt go to {@code granted}; to be told afterwards, without the lock. */
    void grant(Member granted) {
        member = granted;
        cancelExpiry();
    }

    /** Turns the prompt away; to be told afterwards, without the lock. */
    void refuse(Failure failure) {
        refusal = failure;
        cancelExpiry();
    }

    /** Tells whoever waits, if there is something to tell. */
    void tell() {
        UniEmitter<? super Member> waiting;
        Member granted;
        Failure failure;
        synchronized (this) {
            waiting = emitter;
            granted = member;
            failure = refusal;
        }
        if (waiting == null) {
            return;
        }
        if (failure != null) {
            waiting.fail(failure);
        } else if (granted != null) {
            waiting.complete(granted);
        }
    }

    private void cancelExpiry() {
        if (expiry != null) {
            expiry.cancel(false);
            expiry = null;
        }
    }
}
