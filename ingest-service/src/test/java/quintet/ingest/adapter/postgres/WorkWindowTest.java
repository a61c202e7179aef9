package quintet.ingest.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkWindowTest {
    private final WorkWindow window = new WorkWindow(32_000, 256_000, Duration.ofSeconds(2));

    @Test
    void holdsTheWorkOfItsTime() {
        assertThat(window.bytes(50_000)).isEqualTo(100_000);
    }

    @Test
    void keepsConsumersBusyWhereTheyAreSlowAndWhereNothingWasMeasured() {
        assertThat(window.bytes(10_000)).isEqualTo(32_000);
        assertThat(window.bytes(0)).isEqualTo(32_000);
    }

    @Test
    void isBoundedHoweverFastTheyAre() {
        assertThat(window.bytes(1e12)).isEqualTo(256_000);
        assertThat(new WorkWindow(32_000, 16_000, Duration.ofSeconds(2)).bytes(0))
                .isEqualTo(16_000);
    }
}
