package quintet.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GpuCatalogueTest {
    private final GpuCatalogue catalogue = GpuCatalogue.load();

    @Test
    void knowsThemByAnyNameAndSaysWhereTheFiguresAreFrom() {
        assertThat(catalogue.get("H100-SXM")).isEqualTo(catalogue.get("h100"));
        assertThat(catalogue.gpus()).allSatisfy(gpu -> {
            assertThat(gpu.source()).startsWith("https://");
            assertThat(gpu.fp8Tflops() == 0 || gpu.fp8Tflops() >= 1.9 * gpu.bf16Tflops())
                    .as(gpu.name())
                    .isTrue();
            assertThat(gpu.keepsFp8()).as(gpu.name()).isEqualTo(gpu.fp8Tflops() > 0);
            assertThat(gpu.nvlinkGbps() > 0).as(gpu.name()).isEqualTo(gpu.nvlinkGpus() > 1);
        });
    }

    @Test
    void namesAllThatAreKnown() {
        assertThatThrownBy(() -> catalogue.get("h300"))
                .hasMessageContaining("There is no GPU h300; known are h100")
                .hasMessageContaining("l40s");
    }
}
