package quintet.encoder.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WorkQueueTest {
    private final Semaphore permits = new Semaphore(0);
    private final Semaphore started = new Semaphore(0);
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    private final WorkQueue<String, String> queue = new WorkQueue<>(
            "test", 1, Map.of(Priority.INTERACTIVE, 3, Priority.BULK, 3), new FourLetters(), () -> this::run);

    /** Words of one letter go together, up to four of them; the size of a word is its length. */
    private record FourLetters() implements Batching<String> {
        @Override
        public int size(String item) {
            return item.length();
        }

        @Override
        public boolean joins(int items, int largest, int next) {
            return (items + 1) * Math.max(largest, next) <= 4;
        }
    }

    private List<String> run(List<String> inputs) {
        started.release();
        permits.acquireUninterruptibly();
        if (inputs.contains("broken") || inputs.contains("!")) {
            throw new IllegalArgumentException("broken");
        }
        ran.add(String.join("+", inputs));
        return inputs.stream().map(String::toUpperCase).toList();
    }

    @AfterEach
    void letEverythingEnd() {
        permits.release(1_000);
        assertThat(queue.close(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void runsInteractiveWorkBeforeBulkThatCameEarlier() {
        occupyTheWorker();
        List<CompletableFuture<Timed<String>>> bulk = queue.submit(List.of("b1", "b2"), Priority.BULK);
        List<CompletableFuture<Timed<String>>> interactive = queue.submit(List.of("i1", "i2"), Priority.INTERACTIVE);
        permits.release(1_000);
        interactive.forEach(CompletableFuture::join);
        bulk.forEach(CompletableFuture::join);
        assertThat(ran).containsExactly("first", "i1+i2", "b1+b2");
    }

    @Test
    void runsInteractiveWorkBesideABulkRunThatIsInProgress() {
        CompletableFuture<Timed<String>> bulk =
                queue.submit(List.of("long"), Priority.BULK).getFirst();
        started.acquireUninterruptibly();
        queue.submit(List.of("i"), Priority.INTERACTIVE);
        started.acquireUninterruptibly();
        assertThat(bulk).isNotDone();
    }

    @Test
    void runsNoMoreAtATimeThanItHasWorkersWhenAllIsInteractive() throws InterruptedException {
        occupyTheWorker();
        queue.submit(List.of("i"), Priority.INTERACTIVE);
        assertThat(started.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void refusesAllOfWhatDoesNotFit() {
        occupyTheWorker();
        queue.submit(List.of("a", "b"), Priority.BULK);
        assertThatThrownBy(() -> queue.submit(List.of("c", "d"), Priority.BULK))
                .isInstanceOf(QueueFullException.class)
                .hasMessage("2 more items do not fit: 2 of at most 3 are waiting");
        assertThat(queue.waiting(Priority.BULK)).isEqualTo(2);
        assertThat(queue.submit(List.of("i"), Priority.INTERACTIVE)).hasSize(1);
    }

    @Test
    void neverRunsWhatWasCancelledAndGivesItsPlaceAway() {
        occupyTheWorker();
        List<CompletableFuture<Timed<String>>> left = queue.submit(List.of("a", "b", "c"), Priority.BULK);
        left.forEach(future -> future.cancel(false));
        List<CompletableFuture<Timed<String>>> next = queue.submit(List.of("d"), Priority.BULK);
        permits.release(1_000);
        assertThat(next.getFirst().join().value()).isEqualTo("D");
        assertThat(ran).containsExactly("first", "d");
    }

    @Test
    void waitsForRoomWhenAsked() throws InterruptedException {
        occupyTheWorker();
        queue.submit(List.of("a", "b", "c"), Priority.BULK);
        CountDownLatch submitted = new CountDownLatch(1);
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                queue.submitWhenRoom(List.of("d", "e"), Priority.BULK).forEach(CompletableFuture::join);
                submitted.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(submitted.await(50, TimeUnit.MILLISECONDS)).isFalse();
        permits.release(1_000);
        assertThat(submitted.await(5, TimeUnit.SECONDS)).isTrue();
        waiter.join();
        assertThat(ran).containsExactly("first", "a+b+c", "d+e");
    }

    @Test
    void reportsAFailureAndGoesOn() {
        permits.release(1_000);
        List<CompletableFuture<Timed<String>>> results = queue.submit(List.of("broken", "a"), Priority.BULK);
        assertThatThrownBy(results.get(0)::join).hasRootCauseMessage("broken");
        assertThat(results.get(1).join().value()).isEqualTo("A");
    }

    @Test
    void failsOnlyTheItemThatIsToBlame() {
        occupyTheWorker();
        List<CompletableFuture<Timed<String>>> results = queue.submit(List.of("a", "!", "b"), Priority.BULK);
        permits.release(1_000);
        assertThat(results.get(0).join().value()).isEqualTo("A");
        assertThatThrownBy(results.get(1)::join).hasRootCauseMessage("broken");
        assertThat(results.get(2).join().value()).isEqualTo("B");
        assertThat(ran).containsExactly("first", "a", "b");
    }

    @Test
    void takesWhatWaitsAsFarAsItGoesTogether() {
        occupyTheWorker();
        queue.submit(List.of("a", "b", "long"), Priority.BULK);
        List<CompletableFuture<Timed<String>>> last = queue.submit(List.of("x", "y"), Priority.INTERACTIVE);
        permits.release(1_000);
        last.forEach(CompletableFuture::join);
        assertThat(queue.close(Duration.ofSeconds(5))).isTrue();
        assertThat(ran).containsExactly("first", "x+y", "a+b", "long");
    }

    @Test
    void sharesTheTimeOfARunBySize() {
        occupyTheWorker();
        List<CompletableFuture<Timed<String>>> results = queue.submit(List.of("a", "bb"), Priority.BULK);
        permits.release(1_000);
        long small = results.get(0).join().computeTime().toNanos();
        long large = results.get(1).join().computeTime().toNanos();
        assertThat(large).isBetween(2 * small, 2 * small + 2);
    }

    @Test
    void measuresWaitingAndWork() {
        occupyTheWorker();
        CompletableFuture<Timed<String>> result =
                queue.submit(List.of("a"), Priority.BULK).getFirst();
        permits.release(1_000);
        assertThat(result.join().queueTime()).isPositive();
        assertThat(result.join().computeTime()).isPositive();
    }

    @Test
    void finishesWhatWaitsBeforeItCloses() {
        permits.release(1_000);
        List<CompletableFuture<Timed<String>>> results = queue.submit(List.of("a", "b", "c"), Priority.BULK);
        assertThat(queue.close(Duration.ofSeconds(5))).isTrue();
        assertThat(results).allMatch(result -> result.isDone() && !result.isCompletedExceptionally());
        assertThatThrownBy(() -> queue.submit(List.of("d"), Priority.BULK)).isInstanceOf(QueueClosedException.class);
    }

    @Test
    void givesUpWhatWaitsWhenTheTimeToCloseIsOver() {
        occupyTheWorker();
        CompletableFuture<Timed<String>> waiting =
                queue.submit(List.of("a"), Priority.BULK).getFirst();
        Thread.ofVirtual()
                .start(() -> waiting.handle((_, _) -> {
                    permits.release(1_000);
                    return null;
                }));
        assertThat(queue.close(Duration.ofMillis(10))).isTrue();
        assertThatThrownBy(waiting::join).hasRootCauseInstanceOf(QueueClosedException.class);
        assertThat(ran).containsExactly("first");
    }

    private void occupyTheWorker() {
        queue.submit(List.of("first"), Priority.INTERACTIVE);
        started.acquireUninterruptibly();
    }
}
