package quintet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.model.Lane;
import quintet.ingest.model.LaneLoad;

class AdmissionTest {
    private final Map<Lane, LaneLoad> loads = new EnumMap<>(Lane.class);
    private long freeBytes = 10_000_000_000L;
    private boolean down;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Admission admission = new Admission(
            _ -> {
                if (down) {
                    throw Failure.unavailable("DATABASE_UNAVAILABLE", "down for a test", null);
                }
                return Map.copyOf(loads);
            },
            () -> freeBytes,
            TestConfigs.of(AdmissionConfig.class, Map.of("quintet.ingest.admission.max-waiting", "1000")),
            meters);

    @Test
    void takesUploadsUntilTheBoundIsReached() {
        assertThatCode(admission::require).doesNotThrowAnyException();
        waiting(600, 400);
        admission.read();
        assertThatCode(admission::require).doesNotThrowAnyException();
        waiting(600, 401);
        admission.read();
        Failure refused = refusal();
        assertThat(refused.kind()).isEqualTo(Failure.Kind.OVERLOADED);
        assertThat(refused.reason()).isEqualTo("BACKLOG_FULL");
        assertThat(refused.message()).contains("1001").contains("1000");
        waiting(0, 10);
        admission.read();
        assertThatCode(admission::require).doesNotThrowAnyException();
    }

    @Test
    void saysWhenThereIsRoomFromTheSlowerLane() {
        loads.put(Lane.PARSE, new LaneLoad(1000, 10, 0));
        loads.put(Lane.EMBED, new LaneLoad(1000, 10, 0));
        admission.read();
        assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(30));
        loads.put(Lane.PARSE, new LaneLoad(1000, 10, Long.MAX_VALUE / 2));
        loads.put(Lane.EMBED, new LaneLoad(1000, 10, 1));
        admission.read();
        // One in a fraction of a second: 1050 take minutes, or the longest that is ever said.
        assertThat(refusal().retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
        loads.put(Lane.EMBED, new LaneLoad(1000, 10, Long.MAX_VALUE / 2));
        admission.read();
        assertThat(refusal().retryAfter()).contains(Duration.ofSeconds(1));
    }

    @Test
    void refusesWhileTheDiskIsFull() {
        freeBytes = 1_000_000;
        admission.read();
        assertThat(refusal().reason()).isEqualTo("INSUFFICIENT_STORAGE");
        assertThat(refusal().retryAfter()).contains(Duration.ofMinutes(1));
        freeBytes = 10_000_000_000L;
        admission.read();
        assertThatCode(admission::require).doesNotThrowAnyException();
    }

    @Test
    void staysWithWhatItKnewWhileTheDatabaseIsDown() {
        waiting(2000, 0);
        admission.read();
        down = true;
        admission.read();
        assertThat(refusal().reason()).isEqualTo("BACKLOG_FULL");
    }

    @Test
    void showsTheLoad() {
        waiting(70, 5);
        admission.read();
        assertThat(meters.get("quintet.ingest.dispatch.waiting")
                        .tag("lane", "PARSE")
                        .gauge()
                        .value())
                .isEqualTo(70);
        assertThat(meters.get("quintet.ingest.dispatch.in.flight")
                        .tag("lane", "EMBED")
                        .gauge()
                        .value())
                .isEqualTo(10);
    }

    private void waiting(long parse, long embed) {
        loads.put(Lane.PARSE, new LaneLoad(parse, 10, 0));
        loads.put(Lane.EMBED, new LaneLoad(embed, 10, 0));
    }

    private Failure refusal() {
        return catchThrowableOfType(Failure.class, admission::require);
    }
}
