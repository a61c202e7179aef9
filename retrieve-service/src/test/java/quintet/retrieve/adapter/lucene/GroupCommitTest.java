package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.retrieve.Samples.ref;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.retrieve.Samples;
import quintet.retrieve.model.DocumentHead;

class GroupCommitTest {
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstBegun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        threads.shutdownNow();
        callers.shutdownNow();
    }

    /** Commits any batch without {@code poison}, the first one only when it is told to. */
    private List<Change.Outcome> commit(List<Change> changes) throws IOException {
        batches.add(changes.size());
        firstBegun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (changes.stream().anyMatch(change -> change.ref().documentId().equals("poison"))) {
            throw new IOException("disk");
        }
        return changes.stream()
                .map(change -> Change.Outcome.of(Samples.head(change.ref().version(), true, 0)))
                .toList();
    }

    private Future<DocumentHead> submit(GroupCommit writes, String id) {
        return callers.submit(() -> writes.submit(new Change.Remove(ref(id, 1))));
    }

    private static void awaitQueued(GroupCommit writes, int count) {
        while (writes.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatComesDuringACommitSharesTheNextOne() throws Exception {
        GroupCommit writes = new GroupCommit(this::commit, threads, 100, 64);
        Future<DocumentHead> first = submit(writes, "first");
        firstBegun.await();
        List<Future<DocumentHead>> others =
                IntStream.range(0, 10).mapToObj(i -> submit(writes, "d" + i)).toList();
        awaitQueued(writes, 10);
        goOn.countDown();
        assertThat(first.get().version()).isEqualTo(1);
        for (Future<DocumentHead> other : others) {
            assertThat(other.get().deleted()).isTrue();
        }
        assertThat(batches).containsExactly(1, 10);
    }

    @Test
    void aBusyWriterCommitsForAQuarterOfTheTimeAtMost() {
        List<Long> begun = new ArrayList<>();
        List<Long> ended = new ArrayList<>();
        GroupCommit writes = new GroupCommit(
                changes -> {
                    begun.add(System.nanoTime());
                    LockSupport.parkNanos(5_000_000);
                    ended.add(System.nanoTime());
                    return List.of(Change.Outcome.of(Samples.head(1, true, 0)));
                },
                threads,
                100,
                64);
        for (int i = 0; i < 5; i++) {
            DocumentHead _ = writes.submit(new Change.Remove(ref("d" + i, 1)));
        }
        for (int i = 1; i < 5; i++) {
            assertThat(begun.get(i) - ended.get(i - 1))
                    .isGreaterThanOrEqualTo(3 * (ended.get(i - 1) - begun.get(i - 1)));
        }
    }

    @Test
    void aWriteThatCanNotBeCommittedFailsAlone() throws Exception {
        GroupCommit writes = new GroupCommit(this::commit, threads, 100, 64);
        Future<DocumentHead> first = submit(writes, "first");
        firstBegun.await();
        Future<DocumentHead> poison = submit(writes, "poison");
        Future<DocumentHead> good = submit(writes, "good");
        awaitQueued(writes, 2);
        goOn.countDown();
        assertThat(first.get().version()).isEqualTo(1);
        assertThat(good.get().version()).isEqualTo(1);
        assertThatThrownBy(poison::get)
                .cause()
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("INDEX_UNWRITABLE"));
    }

    @Test
    void refusesWritesBeyondItsQueue() throws Exception {
        GroupCommit writes = new GroupCommit(this::commit, threads, 2, 64);
        Future<DocumentHead> first = submit(writes, "first");
        firstBegun.await();
        List<Future<DocumentHead>> others = List.of(submit(writes, "a"), submit(writes, "b"));
        awaitQueued(writes, 2);
        assertThatThrownBy(() -> writes.submit(new Change.Remove(ref("c", 1))))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("OVERLOADED"));
        goOn.countDown();
        assertThat(first.get().version()).isEqualTo(1);
        assertThat(others.getFirst().get().version()).isEqualTo(1);
    }
}
