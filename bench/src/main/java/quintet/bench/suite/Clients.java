package quintet.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Clients that each send one request after the other. */
public final class Clients {
    private Clients() {}

    /**
     * Hands every item to one of {@code count} clients, in order, and waits for all.
     *
     * @throws SuiteException with the first failure; what is still waiting is dropped
     */
    public static <T> void run(int count, List<T> items, Consumer<T> request) {
        try (ExecutorService clients = Executors.newFixedThreadPool(count)) {
            List<Future<?>> futures = new ArrayList<>();
            items.forEach(item -> futures.add(clients.submit(() -> request.accept(item))));
            try {
                for (Future<?> future : futures) {
                    Object _ = future.get();
                }
            } catch (ExecutionException e) {
                clients.shutdownNow();
                throw e.getCause() instanceof SuiteException failure
                        ? failure
                        : new SuiteException("a client failed: " + e.getCause(), e);
            } catch (InterruptedException e) {
                clients.shutdownNow();
                throw Interruption.failure("the measurement", e);
            }
        }
    }
}
