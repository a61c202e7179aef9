package quintet.local.suite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import quintet.local.part.Part;
import quintet.local.part.PartFailedException;

/** Starts each part as soon as those it needs are ready, and stops each as soon as nobody needs it any more. */
final class StartOrder {
    private static final Logger LOG = Logger.getLogger(StartOrder.class.getName());
    private static final long ABANDON_SECONDS = 60;
    private static final CompletableFuture<Void> FROM_OUTSIDE = CompletableFuture.completedFuture(null);

    private final Map<Part, Set<String>> parts;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /** Parts with the names of those they need, which come before them; a need that is no part is met from outside. */
    StartOrder(Map<Part, Set<String>> parts) {
        this.parts = parts;
    }

    /** Returns when all are ready; at the first failure it throws and the others are left to {@link #stop}. */
    void start() throws PartFailedException, InterruptedException {
        Map<String, CompletableFuture<Void>> ready = new LinkedHashMap<>();
        CompletableFuture<Void> failure = new CompletableFuture<>();
        parts.forEach((part, needs) -> {
            CompletableFuture<?>[] before = needs.stream()
                    .map(need -> ready.getOrDefault(need, FROM_OUTSIDE))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture<Void> start = CompletableFuture.allOf(before).thenRunAsync(() -> start(part), executor);
            ready.put(part.name(), start.exceptionally(thrown -> {
                failure.completeExceptionally(thrown);
                throw new CompletionException(thrown);
            }));
        });
        CompletableFuture<Void> all = CompletableFuture.allOf(ready.values().toArray(CompletableFuture[]::new));
        try {
            CompletableFuture.anyOf(all, failure).get();
        } catch (ExecutionException e) {
            throw cause(e);
        }
    }

    /** Stops everything; parts that are just being started are given up. */
    void stop() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(ABANDON_SECONDS, TimeUnit.SECONDS)) {
                LOG.warning("A part is still starting and can't be interrupted");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        try (ExecutorService stopping = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, CompletableFuture<Void>> stopped = new LinkedHashMap<>();
            // A part is listed after those it needs, so from the end on everybody who needs it is known.
            for (Part part : List.copyOf(parts.keySet()).reversed()) {
                CompletableFuture<?>[] users = parts.entrySet().stream()
                        .filter(other -> other.getValue().contains(part.name()))
                        .map(other -> stopped.get(other.getKey().name()))
                        .toArray(CompletableFuture[]::new);
                stopped.put(part.name(), CompletableFuture.allOf(users).thenRunAsync(part::stop, stopping));
            }
            CompletableFuture.allOf(stopped.values().toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private static void start(Part part) {
        try {
            part.start();
        } catch (PartFailedException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static PartFailedException cause(ExecutionException thrown) throws InterruptedException {
        Throwable cause = thrown;
        while (cause.getCause() != null
                && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
            cause = cause.getCause();
        }
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        return cause instanceof PartFailedException failed
                ? failed
                : new PartFailedException("Quintet can't be started: " + cause, thrown);
    }
}
