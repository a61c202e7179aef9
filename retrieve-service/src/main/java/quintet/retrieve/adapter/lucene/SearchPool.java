package quintet.retrieve.adapter.lucene;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;

/** The threads that search: Lucene blocks, event loops must not. Refuses work when too much of it waits. */
final class SearchPool implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ThreadPoolExecutor threads;
    private final int queue;

    /** Work on the index. */
    interface Work<T> {
        T run() throws IOException;
    }

    SearchPool(int threadCount, int queue) {
        this.queue = queue;
        threads = new ThreadPoolExecutor(
                threadCount,
                threadCount,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().daemon().name("search-", 0).factory());
    }

    /** Runs {@code work} once per subscription and returns to the caller's Vert.x context; drops it if the caller left. */
    <T> Uni<T> run(Work<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context caller = Vertx.currentContext();
            AtomicBoolean left = new AtomicBoolean();
            var _ = emitter.onTermination(() -> left.set(true));
            try {
                threads.execute(() -> {
                    if (left.get()) {
                        return;
                    }
                    try {
                        T result = work.run();
                        on(caller, () -> emitter.complete(result));
                    } catch (IOException | RuntimeException e) {
                        on(caller, () -> emitter.fail(IndexFailures.reading(e)));
                    }
                });
            } catch (RejectedExecutionException full) {
                emitter.fail(Failure.overloaded(
                        "OVERLOADED", "%d searches are waiting, which is the bound".formatted(queue), RETRY_AFTER));
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
        threads.shutdown();
    }
}
