package quintet.local.plan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExpertsTest {
    private final Experts mixtral = new Experts(8, 2);

    @Test
    void aTokenReadsItsExpertsAndABatchAlmostAll() {
        assertThat(mixtral.read(1)).isEqualTo(0.25, within(1e-12));
        assertThat(mixtral.read(2)).isEqualTo(1 - 0.75 * 0.75, within(1e-12));
        assertThat(mixtral.read(64)).isGreaterThan(0.9999).isLessThanOrEqualTo(1);
    }

    @Test
    void aDenseModelIsReadWhole() {
        assertThat(Experts.DENSE.read(1)).isEqualTo(1);
        assertThat(Experts.DENSE.computed()).isEqualTo(1);
    }

    @Test
    void refusesMoreThanThereAre() {
        assertThatThrownBy(() -> new Experts(8, 9)).hasMessageContaining("experts per token are 9, must be 1 to 8");
    }
}
