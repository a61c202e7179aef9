package quintet.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetFiguresTest {
    private static final long MS = 1_000_000;

    @Test
    void countsTheWayThereAndTheWayBackButNotTheServer() {
        // Sent at 0, at the server after 2 ms, which thinks for 50 ms; tokens take 1, 3 and 1 ms to come.
        StreamTimes stream = new StreamTimes(
                0, 2 * MS, 1.5, new long[] {52 * MS, 72 * MS, 92 * MS}, new long[] {53 * MS, 75 * MS, 93 * MS});
        assertThat(stream.firstTokenMs()).isCloseTo(3, within(1e-9));
        assertThat(stream.firstTokenWithoutStagesMs()).isCloseTo(1.5, within(1e-9));
        TargetFigures figures = new TargetFigures();
        figures.add(List.of(stream), Duration.ofMillis(3));
        assertThat(figures.jitterMs(50)).isCloseTo(2, within(1e-9));
        assertThat(figures.tokensPerSecond()).isCloseTo(3 / 0.093, within(1e-6));
        assertThat(figures.processorMicrosPerToken()).isCloseTo(1_000, within(1e-9));
    }

    @Test
    void takesQuantilesByNearestRank() {
        assertThat(TargetFigures.quantile(List.of(4.0, 1.0, 3.0, 2.0), 50)).isEqualTo(2);
        assertThat(TargetFigures.quantile(List.of(4.0, 1.0, 3.0, 2.0), 99)).isEqualTo(4);
        assertThat(TargetFigures.quantile(List.of(4.0), 1)).isEqualTo(4);
    }
}
