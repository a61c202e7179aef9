package quintet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quintet.e2e.Suite.Result;

/** A short {@code bench faults}: every kind of fault once under load, and every promise kept. The seed is in its output. */
class FaultsIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Test
    void keepsEveryPromise() {
        Result result = Suite.run(
                List.of(
                        "sh",
                        Suite.home("quintet").toString(),
                        "bench",
                        "faults",
                        "--documents=60",
                        "--seconds=40",
                        "--pause=5",
                        "--full=3"),
                Map.of(),
                LIMIT);
        System.out.println(result.output());
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
