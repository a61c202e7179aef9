package quintet.encoder.work;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Items that wait for one of a few worker threads, bounded by priority.
 *
 * <p>A free worker takes what waits, as much as {@link Batching} allows, and never waits for more: while all are busy, the next
 * batch gathers by itself. Items of one priority run in the order of their submission, and never with those of another. An item
 * whose future was cancelled is dropped before it runs. When a run fails, its items are tried one by one, so that only the one
 * that is to blame fails.
 *
 * <p>One worker more than asked for takes interactive work only, and only while another is busy with bulk: a run can not be
 * interrupted, and a query would wait for the end of a long one. The processors are shared out between them by the system.
 *
 * <p>Workers are platform threads: a model run blocks its carrier. Futures complete on the worker's thread, so what depends on
 * them must be short or go elsewhere.
 */
public final class WorkQueue<I, O> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Map<Priority, ArrayDeque<Item<I, O>>> waiting = new EnumMap<>(Priority.class);
    private final Map<Priority, Integer> capacity = new EnumMap<>(Priority.class);
    private final List<Thread> workers = new ArrayList<>();
    private final Batching<I> batching;
    private boolean closed;
    private int bulkRuns;

    private record Item<I, O>(I input, CompletableFuture<Timed<O>> result, long submitted) {}

    /** What one run takes; empty for a worker that is to end. */
    private record Batch<I, O>(Priority priority, List<Item<I, O>> items) {
        static <I, O> Batch<I, O> none() {
            return new Batch<>(Priority.BULK, List.of());
        }
    }

    /**
     * Starts the workers.
     *
     * @param name of the threads
     * @param workers number of threads, at least 1
     * @param capacity how many items of each priority may wait, at least 1
     * @param batching which items go through the model together
     * @param compute called once per worker; the function it gives is used by that worker only, and returns a result for each
     *     item in their order
     */
    public WorkQueue(
            String name,
            int workers,
            Map<Priority, Integer> capacity,
            Batching<I> batching,
            Supplier<Function<List<I>, List<O>>> compute) {
        this.batching = batching;
        for (Priority priority : Priority.values()) {
            waiting.put(priority, new ArrayDeque<>());
            this.capacity.put(priority, capacity.getOrDefault(priority, 1));
        }
        for (int n = 1; n <= workers; n++) {
            start(name + "-" + n, () -> runUntilClosed(compute.get(), this::next));
        }
        start(name + "-interactive", () -> runUntilClosed(compute.get(), this::nextBesideBulk));
    }

    private void start(String name, Runnable work) {
        workers.add(Thread.ofPlatform().name(name).daemon().start(work));
    }

    /**
     * Submits items, all or none.
     *
     * @return their futures in the same order; cancel one to drop its item
     * @throws QueueFullException if they do not fit
     * @throws QueueClosedException after {@link #close}
     */
    public List<CompletableFuture<Timed<O>>> submit(Collection<? extends I> inputs, Priority priority) {
        lock.lock();
        try {
            if (!hasRoom(inputs.size(), priority)) {
                throw new QueueFullException(inputs.size(), queue(priority).size(), capacity.getOrDefault(priority, 0));
            }
            return add(inputs, priority);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Submits items, all at once, as soon as there is room; more items than the capacity go when nothing else waits. Blocks
     * the calling thread until then.
     *
     * @throws QueueClosedException after {@link #close}
     */
    public List<CompletableFuture<Timed<O>>> submitWhenRoom(Collection<? extends I> inputs, Priority priority)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed
                    && !hasRoom(inputs.size(), priority)
                    && !queue(priority).isEmpty()) {
                room.await();
            }
            return add(inputs, priority);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many items of a priority are waiting. */
    public int waiting(Priority priority) {
        lock.lock();
        try {
            return queue(priority).size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more items, lets the workers finish what is waiting for at most {@code drain}, gives up the rest and waits for the
     * runs in progress, which can not be interrupted.
     *
     * @return whether all workers have ended, and with them every use of the model
     */
    public boolean close(Duration drain) {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        if (!join(drain)) {
            giveUpWaiting();
        }
        return join(Duration.ofSeconds(2));
    }

    private void runUntilClosed(Function<List<I>, List<O>> compute, Supplier<Batch<I, O>> next) {
        for (Batch<I, O> batch = next.get(); !batch.items.isEmpty(); batch = next.get()) {
            try {
                runAll(batch.items, compute);
            } finally {
                ended(batch.priority);
            }
        }
    }

    private void runAll(List<Item<I, O>> batch, Function<List<I>, List<O>> compute) {
        if (!run(batch, compute)) {
            for (Item<I, O> item : batch) {
                boolean _ = item.result.isDone() || run(List.of(item), compute);
            }
        }
    }

    /** Completes a batch; false if it failed, which completes an item that is alone. */
    private boolean run(List<Item<I, O>> batch, Function<List<I>, List<O>> compute) {
        long started = System.nanoTime();
        try {
            List<O> values = compute.apply(batch.stream().map(Item::input).toList());
            long took = System.nanoTime() - started;
            long size =
                    batch.stream().mapToLong(item -> batching.size(item.input)).sum();
            for (int i = 0; i < batch.size(); i++) {
                Item<I, O> item = batch.get(i);
                var _ = item.result.complete(new Timed<>(
                        values.get(i),
                        Duration.ofNanos(started - item.submitted),
                        Duration.ofNanos(took * batching.size(item.input) / size)));
            }
            return true;
        } catch (RuntimeException | Error e) {
            if (batch.size() == 1) {
                var _ = batch.getFirst().result.completeExceptionally(e);
            }
            return false;
        }
    }

    /** Waits for work and takes a batch of it; an empty one once the queue is closed and done. */
    private Batch<I, O> next() {
        lock.lock();
        try {
            while (true) {
                for (Priority priority : Priority.values()) {
                    Batch<I, O> batch = take(priority);
                    if (!batch.items.isEmpty()) {
                        return batch;
                    }
                }
                if (closed) {
                    return Batch.none();
                }
                work.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for interactive work while bulk is running. */
    private Batch<I, O> nextBesideBulk() {
        lock.lock();
        try {
            while (!closed) {
                if (bulkRuns > 0) {
                    Batch<I, O> batch = take(Priority.INTERACTIVE);
                    if (!batch.items.isEmpty()) {
                        return batch;
                    }
                }
                work.awaitUninterruptibly();
            }
            return Batch.none();
        } finally {
            lock.unlock();
        }
    }

    private Batch<I, O> take(Priority priority) {
        Batch<I, O> batch = new Batch<>(priority, takeBatch(queue(priority)));
        room.signalAll();
        if (priority == Priority.BULK && !batch.items.isEmpty()) {
            bulkRuns++;
        }
        return batch;
    }

    private void ended(Priority priority) {
        if (priority == Priority.BULK) {
            lock.lock();
            try {
                bulkRuns--;
            } finally {
                lock.unlock();
            }
        }
    }

    private List<Item<I, O>> takeBatch(ArrayDeque<Item<I, O>> queue) {
        List<Item<I, O>> batch = new ArrayList<>();
        int largest = 0;
        for (Item<I, O> item = queue.peek(); item != null; item = queue.peek()) {
            if (!item.result.isDone()) {
                int size = batching.size(item.input);
                if (!batch.isEmpty() && !batching.joins(batch.size(), largest, size)) {
                    break;
                }
                largest = Math.max(largest, size);
                batch.add(item);
            }
            queue.remove();
        }
        return batch;
    }

    private List<CompletableFuture<Timed<O>>> add(Collection<? extends I> inputs, Priority priority) {
        if (closed) {
            throw new QueueClosedException();
        }
        long now = System.nanoTime();
        List<CompletableFuture<Timed<O>>> results = new ArrayList<>(inputs.size());
        for (I input : inputs) {
            CompletableFuture<Timed<O>> result = new CompletableFuture<>();
            results.add(result);
            queue(priority).add(new Item<>(input, result, now));
        }
        work.signalAll();
        return results;
    }

    private boolean hasRoom(int items, Priority priority) {
        ArrayDeque<Item<I, O>> queue = queue(priority);
        int most = capacity.getOrDefault(priority, 0) - items;
        if (queue.size() > most) {
            queue.removeIf(item -> item.result.isDone());
        }
        return queue.size() <= most;
    }

    private ArrayDeque<Item<I, O>> queue(Priority priority) {
        return java.util.Objects.requireNonNull(waiting.get(priority));
    }

    private void giveUpWaiting() {
        List<Item<I, O>> given = new ArrayList<>();
        lock.lock();
        try {
            waiting.values().forEach(queue -> {
                given.addAll(queue);
                queue.clear();
            });
        } finally {
            lock.unlock();
        }
        given.forEach(item -> item.result.completeExceptionally(new QueueClosedException()));
    }

    private boolean join(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean all = true;
        try {
            for (Thread worker : workers) {
                all &= worker.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return all;
    }
}
