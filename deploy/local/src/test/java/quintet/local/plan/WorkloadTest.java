package quintet.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorkloadTest {
    @Test
    void takesFromTheContextWhatIsNotTold() {
        assertThat(Workload.of(8192, 4, 0, 0)).isEqualTo(new Workload(8192, 4, 7680, 512));
        assertThat(Workload.of(1000, 4, 0, 0)).isEqualTo(new Workload(1000, 4, 750, 250));
        assertThat(Workload.of(8192, 4, 3000, 0)).isEqualTo(new Workload(8192, 4, 3000, 512));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Workload.of(1, 4, 0, 0)).hasMessageContaining("--context is 1, must be at least 2");
        assertThatThrownBy(() -> Workload.of(100, 0, 0, 0)).hasMessageContaining("--concurrency is 0, must be 1 to");
        assertThatThrownBy(() -> Workload.of(100, 1, 90, 20))
                .hasMessageContaining("--prompt-tokens 90 and --output-tokens 20 are more than --context 100");
        assertThatThrownBy(() -> Workload.of(100, 1, -5, 20)).hasMessageContaining("--prompt-tokens is -5");
    }
}
