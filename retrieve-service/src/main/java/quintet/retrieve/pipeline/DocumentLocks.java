package quintet.retrieve.pipeline;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import quintet.retrieve.model.VersionRef;

/** Lets one thread at a time work on a document; two documents may share a lock. */
final class DocumentLocks {
    private static final int STRIPES = 256;

    private final List<ReentrantLock> locks =
            IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toList();

    void run(VersionRef ref, Runnable work) {
        var _ = with(ref, () -> {
            work.run();
            return ref;
        });
    }

    <T> T with(VersionRef ref, Supplier<T> work) {
        int document = 31 * ref.collection().hashCode() + ref.documentId().hashCode();
        ReentrantLock lock = locks.get(Math.floorMod(document, STRIPES));
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
