package quintet.generate.pipeline.gateway;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.Completion;
import quintet.generate.model.Pace;
import quintet.generate.port.ChatModel;
import quintet.generate.port.ModelReplica.Patience;

/** One prompt from its turn to the end of its answer. One subscriber, one signal at a time. */
final class PromptRun {
    private static final Logger LOG = Logger.getLogger(PromptRun.class);

    private final Gateway gateway;
    private final ChatModel.Task task;
    private final Ticket ticket;
    private @Nullable Member member;
    private boolean retried;
    private long sentNanos;
    private long firstNanos;
    private long lastNanos;
    private int deltas;

    PromptRun(Gateway gateway, ChatModel.Task task) {
        this.gateway = gateway;
        this.task = task;
        this.ticket = gateway.admission().enter(gateway.order(task));
    }

    Multi<Completion> stream() {
        return turn().onItem()
                .transformToMulti(this::send)
                .onFailure(this::mayRetry)
                .recoverWithMulti(this::retry)
                .onFailure()
                .invoke(this::failed)
                .onTermination()
                .invoke((_, cancelled) -> closed(cancelled));
    }

    /** A turn comes when another stream ends, on that one's thread; what follows belongs onto our own. */
    private Uni<Member> turn() {
        Context caller = Vertx.currentContext();
        Executor own = caller == null
                ? Runnable::run
                : work -> {
                    if (Context.isOnEventLoopThread() && caller.equals(Vertx.currentContext())) {
                        work.run();
                    } else {
                        caller.runOnContext(_ -> work.run());
                    }
                };
        return ticket.granted().emitOn(own);
    }

    private Multi<Completion> send(Member granted) {
        member = granted;
        long now = System.nanoTime();
        if (sentNanos == 0) {
            sentNanos = now;
            gateway.metrics().sent(Duration.ofNanos(now - ticket.enteredNanos));
        }
        Duration first = gateway.firstTokenTimeout().minusNanos(now - ticket.enteredNanos);
        if (!retried && gateway.admission().hasOther(granted)) {
            // What the first server does not use of its half is the second one's.
            first = first.dividedBy(2);
        }
        Duration atLeast = first.isPositive() ? first : Duration.ofMillis(1);
        return granted.replica()
                .complete(task.prompt(), new Patience(atLeast, gateway.betweenTokensTimeout()))
                .map(this::seen);
    }

    private Completion seen(Completion completion) {
        return switch (completion) {
            case Completion.Delta delta -> {
                token(System.nanoTime());
                yield delta;
            }
            case Completion.Finished finished -> finished(finished);
        };
    }

    private void token(long now) {
        if (deltas++ == 0) {
            firstNanos = now;
            gateway.metrics().firstToken(Duration.ofNanos(now - sentNanos));
            answered();
        } else {
            gateway.metrics().nextToken(Duration.ofNanos(now - lastNanos));
        }
        lastNanos = now;
    }

    private void answered() {
        if (member != null) {
            gateway.admission().succeeded(member);
        }
    }

    private Completion.Finished finished(Completion.Finished finished) {
        long now = System.nanoTime();
        int counted = finished.usage().completionTokens();
        int tokens = counted > 0 ? counted : deltas;
        if (deltas == 0) {
            firstNanos = now;
            lastNanos = now;
            answered();
        }
        Duration held = Duration.ofNanos(Math.max(1, now - sentNanos));
        gateway.prices().counted(task.prompt(), finished.usage().promptTokens());
        gateway.admission().completed(gateway.prices().of(task.prompt()), tokens, held);
        Pace pace = new Pace(
                Duration.ofNanos(sentNanos - ticket.enteredNanos),
                Duration.ofNanos(firstNanos - sentNanos),
                Duration.ofNanos(tokens < 2 ? 0 : (lastNanos - firstNanos) / (tokens - 1)),
                tokens * 1e9 / held.toNanos());
        gateway.metrics().completed(pace);
        return new Completion.Finished(finished.reason(), finished.usage(), Optional.of(pace));
    }

    /** Only as long as nothing was sent, only once, and not a prompt that no server would take. */
    private boolean mayRetry(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        if (member == null) {
            return false;
        }
        blame(failure);
        boolean transientFailure =
                failure.kind() == Failure.Kind.UNAVAILABLE || failure.kind() == Failure.Kind.OVERLOADED;
        return deltas == 0
                && !retried
                && transientFailure
                && !failure.reason().equals("MODEL_SERVER_REFUSED")
                && task.deadline().left().isPositive();
    }

    private void blame(Failure failure) {
        if (member == null) {
            return;
        }
        gateway.metrics().failed(failure, member.replica().name());
        if (failure.reason().equals("MODEL_SERVER_REFUSED")) {
            // It answered, and would answer others.
            gateway.admission().succeeded(member);
        } else {
            gateway.admission().failed(member, failure);
        }
    }

    private Multi<Completion> retry(Throwable thrown) {
        retried = true;
        Failure failure = Failure.of(thrown);
        Member other = gateway.admission().move(ticket, failure.kind() == Failure.Kind.UNAVAILABLE);
        if (other == null) {
            member = null;
            return Multi.createFrom().failure(thrown);
        }
        LOG.warnf(
                "model server failed before the first token, asking %s instead: %s",
                other.replica().name(), failure.message());
        gateway.metrics().retried();
        return send(other).onFailure().invoke(again -> blame(Failure.of(again)));
    }

    private void failed(Throwable thrown) {
        if (sentNanos == 0) {
            gateway.metrics().refused(Failure.of(thrown));
        }
    }

    private void closed(boolean cancelled) {
        if (cancelled) {
            gateway.metrics().cancelled();
        }
        gateway.admission().close(ticket);
    }
}
