package quintet.embed.adapter.clip;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import quintet.failure.Failure;

/** Where requests wait for their images to be decoded. One goes at a time: a large image may take half of the heap. */
final class ImageLine implements AutoCloseable {
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);
    private static final long MAX_PIXELS = 64_000_000;
    /** Of an image with 16 bits a sample, which takes the most: 11 bytes a pixel. They fill 55 % of the heap. */
    private static final int HEAP_BYTES_A_PIXEL = 20;

    private final ThreadPoolExecutor thread;

    ImageLine(int queue) {
        thread = new ThreadPoolExecutor(
                1,
                1,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(queue),
                Thread.ofPlatform().name("images").daemon().factory());
        thread.allowCoreThreadTimeOut(true);
    }

    /** Returns the largest image that a heap of so many bytes allows. */
    static long maxPixels(long heap) {
        return Math.min(MAX_PIXELS, heap / HEAP_BYTES_A_PIXEL);
    }

    /** Prepares what a request has, when its turn has come; one that left by then is dropped. Fails with OVERLOADED if too many wait. */
    <T> Uni<List<T>> prepare(Supplier<List<T>> work) {
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(thread)
                .onFailure(RejectedExecutionException.class)
                .transform(_ -> Failure.overloaded(
                        "OVERLOADED",
                        "%d requests wait for their images to be decoded, no more fit"
                                .formatted(thread.getQueue().size()),
                        COME_AGAIN));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
