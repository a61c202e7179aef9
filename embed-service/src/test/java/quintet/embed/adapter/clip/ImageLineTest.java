package quintet.embed.adapter.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;

class ImageLineTest {
    @Test
    void takesOneAtATimeAndRefusesWhatIsTooMuch() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ImageLine line = new ImageLine(1)) {
            CompletableFuture<List<String>> first = line.prepare(() -> {
                        begun.countDown();
                        await(release);
                        return List.of("first");
                    })
                    .subscribeAsCompletionStage();
            begun.await();
            CompletableFuture<List<String>> second =
                    line.prepare(() -> List.of("second")).subscribeAsCompletionStage();
            assertThatThrownBy(
                            () -> line.prepare(() -> List.of("third")).await().indefinitely())
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.reason()).isEqualTo("OVERLOADED"))
                    .hasMessage("1 requests wait for their images to be decoded, no more fit");
            assertThat(second).isNotDone();
            release.countDown();
            assertThat(first.join()).containsExactly("first");
            assertThat(second.join()).containsExactly("second");
        }
    }

    @Test
    void allowsWhatTheHeapCanHold() {
        assertThat(ImageLine.maxPixels(256L << 20)).isEqualTo(13_421_772);
        assertThat(ImageLine.maxPixels(8L << 30)).isEqualTo(64_000_000);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
