package quintet.retrieve.adapter.history;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/** The thread that reads searches: event loops must not wait for a disk. Refuses work when too much of it waits. */
final class ReadThread implements AutoCloseable {
    private static final int QUEUE = 64;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().daemon().name("search-log-reader").factory());

    /** Runs {@code work} once per subscription and returns to the caller's Vert.x context, where the trace lives. */
    <T> Uni<T> run(Supplier<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context caller = Vertx.currentContext();
            try {
                thread.execute(() -> {
                    try {
                        T result = work.get();
                        on(caller, () -> emitter.complete(result));
                    } catch (RuntimeException e) {
                        on(caller, () -> emitter.fail(e));
                    }
                });
            } catch (RejectedExecutionException full) {
                emitter.fail(Failure.overloaded(
                        "OVERLOADED",
                        "%d kept searches are waiting to be read, which is the bound".formatted(QUEUE),
                        RETRY_AFTER));
            }
        });
    }

    private static void on(@Nullable Context caller, Runnable result) {
        if (caller == null) {
            result.run();
        } else {
            caller.runOnContext(_ -> result.run());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
