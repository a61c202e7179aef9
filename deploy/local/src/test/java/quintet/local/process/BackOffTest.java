package quintet.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void doublesUpToHalfAMinute() {
        BackOff backOff = new BackOff();

        assertThat(backOff.after(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(backOff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            assertThat(backOff.after(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(30));
        }
        assertThat(backOff.after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void beginsAnewAfterAGoodRun() {
        BackOff backOff = new BackOff();
        for (int i = 0; i < 5; i++) {
            assertThat(backOff.after(Duration.ZERO)).isPositive();
        }

        assertThat(backOff.after(Duration.ofMinutes(2))).isEqualTo(Duration.ofMillis(500));
    }
}
