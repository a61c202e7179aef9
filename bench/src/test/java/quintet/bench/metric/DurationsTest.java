package quintet.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DurationsTest {
    @Test
    void takesTheNearestRank() {
        Durations durations = millis(30, 10, 50, 20, 40);

        assertThat(durations.median()).isEqualTo(Duration.ofMillis(30));
        assertThat(durations.percentile(20)).isEqualTo(Duration.ofMillis(10));
        assertThat(durations.percentile(21)).isEqualTo(Duration.ofMillis(20));
        assertThat(durations.percentile(100)).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void takesTheLowerMiddleOfAnEvenNumber() {
        assertThat(millis(1, 2, 3, 4).median()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void takesTheNinetyNinthOfAHundred() {
        Durations durations = millis(IntStream.rangeClosed(1, 100).toArray());

        assertThat(durations.percentile(99)).isEqualTo(Duration.ofMillis(99));
    }

    @Test
    void refusesNothingAndPercentsOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Durations(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> millis(1).percentile(0))
                .withMessage("percent is 0.0, must be above 0 and at most 100");
        assertThatIllegalArgumentException().isThrownBy(() -> millis(1).percentile(101));
    }

    private static Durations millis(int... values) {
        return new Durations(IntStream.of(values).mapToObj(Duration::ofMillis).toList());
    }
}
