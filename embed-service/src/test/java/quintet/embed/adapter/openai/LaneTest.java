package quintet.embed.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quintet.encoder.work.Priority;
import quintet.failure.Failure;

@Timeout(10)
class LaneTest {
    private final Lane lane = new Lane(Duration.ofSeconds(5));
    private final List<Priority> gone = Collections.synchronizedList(new ArrayList<>());

    @Test
    void letsCallersGoAndComeBackBeforeDocumentsWhenAPauseEnds() throws InterruptedException {
        lane.pause(Duration.ofMillis(200));
        List<Thread> requests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            requests.add(request(Priority.BULK));
        }
        requests.add(request(Priority.INTERACTIVE));
        requests.add(request(Priority.INTERACTIVE));
        for (Thread request : requests) {
            request.join();
        }
        assertThat(gone.subList(0, 2)).containsOnly(Priority.INTERACTIVE);
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
                Thread.sleep(20);
                gone.add(priority);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
