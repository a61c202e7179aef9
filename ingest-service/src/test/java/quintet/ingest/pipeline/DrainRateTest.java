package quintet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainRateTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final DrainRate rate = new DrainRate();

    @Test
    void isUnknownUntilSomethingMoves() {
        assertThat(rate.perSecond()).isEmpty();
        rate.add(0, 7);
        assertThat(rate.perSecond()).isEmpty();
        rate.add(2 * SECOND, 7);
        assertThat(rate.perSecond()).isEmpty();
        rate.add(4 * SECOND, 27);
        assertThat(rate.perSecond()).hasValue(5);
    }

    @Test
    void forgetsWhatWasLongAgo() {
        for (int second = 0; second <= 100; second += 2) {
            rate.add(second * SECOND, second < 50 ? second * 1000L : 50_000 + (second - 50) * 3L);
        }
        assertThat(rate.perSecond()).hasValue(3);
    }
}
