package quintet.bench.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static Curve of(Curve.Point... points) {
        return new Curve("c", 0, 0, List.of(points));
    }

    private static Curve.Point point(double recall, double perSecond) {
        return new Curve.Point("", recall, perSecond);
    }

    @Test
    void interpolatesBetweenPointsOnTheLogarithmOfSpeed() {
        Curve curve = of(point(0.9, 1000), point(1.0, 10));
        assertThat(curve.perSecondAt(0.95).orElseThrow()).isCloseTo(100, within(1e-6));
    }

    @Test
    void takesTheFastestPointThatReachesTheRecall() {
        assertThat(of(point(0.96, 50), point(0.97, 80)).perSecondAt(0.95).orElseThrow())
                .isEqualTo(80);
    }

    @Test
    void saysThatARecallIsNotReached() {
        assertThat(of(point(0.9, 1000)).perSecondAt(0.95)).isEmpty();
    }
}
