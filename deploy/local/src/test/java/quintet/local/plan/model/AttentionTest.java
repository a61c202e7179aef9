package quintet.local.plan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AttentionTest {
    private final Attention grouped = new Attention.GroupedQuery(64, 8, 128);

    @Test
    void headsAreSharedOutUntilEachGpuHasOneAndCopiedFromThereOn() {
        assertThat(grouped.cachedElements(1)).isEqualTo(2 * 8 * 128);
        assertThat(grouped.cachedElements(4)).isEqualTo(2 * 2 * 128);
        assertThat(grouped.cachedElements(8)).isEqualTo(2 * 128);
        assertThat(grouped.cachedElements(16)).isEqualTo(2 * 128);
        assertThat(new Attention.MultiHead(32, 128).cachedElements(8)).isEqualTo(2 * 4 * 128);
    }

    @Test
    void everyGpuKeepsAWholeLatent() {
        Attention latent = new Attention.Latent(128, 512, 64);
        assertThat(latent.cachedElements(1)).isEqualTo(576);
        assertThat(latent.cachedElements(8)).isEqualTo(576);
    }

    @Test
    void onlyWholeHeadsAreSharedOut() {
        assertThat(grouped.divides(8)).isTrue();
        assertThat(grouped.divides(16)).isTrue();
        assertThat(grouped.divides(3)).isFalse();
        assertThat(new Attention.GroupedQuery(28, 4, 128).divides(8)).isFalse();
        assertThat(new Attention.GroupedQuery(40, 10, 128).divides(4)).isFalse();
        assertThat(new Attention.GroupedQuery(40, 10, 128).divides(5)).isTrue();
    }

    @Test
    void refusesHeadsThatAreNone() {
        assertThatThrownBy(() -> new Attention.GroupedQuery(32, 5, 128)).hasMessageContaining("5, must divide the 32");
        assertThatThrownBy(() -> new Attention.MultiHead(0, 128)).hasMessageContaining("heads are 0 of 128");
        assertThatThrownBy(() -> new Attention.Latent(8, 0, 64)).hasMessageContaining("latent is 0 + 64");
    }
}
