package quintet.embed.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quintet.encoder.work.Priority;
import quintet.failure.Failure;

@Timeout(10)
class LaneTest {
    private final Lane lane = new Lane(Duration.ofSeconds(5));
    private final CountDownLatch back = new CountDownLatch(1);
    private final List<Priority> gone = Collections.synchronizedList(new ArrayList<>());

    @Test
    void letsCallersGoAndComeBackBeforeDocumentsWhenAPauseEnds() throws InterruptedException {
        lane.pause(Duration.ofMillis(200));
        List<Thread> documents = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            documents.add(request(Priority.BULK));
        }
        List<Thread> callers = List.of(request(Priority.INTERACTIVE), request(Priority.INTERACTIVE));
        await().until(() -> gone.size() == 2);
        // Not for a time any more, as in the pause: until the callers are back.
        await().until(() -> documents.stream().allMatch(document -> document.getState() == Thread.State.WAITING));
        assertThat(gone).containsExactly(Priority.INTERACTIVE, Priority.INTERACTIVE);
        back.countDown();
        for (Thread request :
                Stream.concat(documents.stream(), callers.stream()).toList()) {
            request.join();
        }
        assertThat(gone).hasSize(6);
    }

    @Test
    void keepsNobodyWaitingWithoutAPause() throws InterruptedException {
        try (Lane.Pass _ = lane.enter(Priority.INTERACTIVE);
                Lane.Pass _ = lane.enter(Priority.BULK)) {
            assertThat(gone).isEmpty();
        }
    }

    @Test
    void keepsTheLongerPauseOfTwo() {
        lane.pause(Duration.ofHours(1));
        lane.pause(Duration.ofMillis(1));
        assertThatThrownBy(() -> lane.enter(Priority.BULK))
                .isInstanceOf(Failure.class)
                .hasMessage("the embedding server wants no requests for 3599 s");
    }

    private Thread request(Priority priority) {
        return Thread.ofVirtual().start(() -> {
            try (Lane.Pass _ = lane.enter(priority)) {
                gone.add(priority);
                if (priority == Priority.INTERACTIVE) {
                    back.await();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
