package quintet.local.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBarTest {
    private static final long GIB = 1L << 30;

    @Test
    void everyUseHasItsShareOfTheBar() {
        GpuMemory memory = new GpuMemory(64 * GIB, 60 * GIB, 16 * GIB, 0, 4 * GIB, 2 * GIB, 2 * GIB, 36 * GIB);
        List<String> lines = MemoryBar.of(memory, 20 * GIB);
        assertThat(lines.getFirst())
                .isEqualTo("[" + "W".repeat(16) + "A".repeat(4) + "G".repeat(4) + "K".repeat(20) + "-".repeat(16)
                        + "....] 64.00 GiB");
        assertThat(lines).contains(" W weights                  16.00 GiB", " . left free                 4.00 GiB");
        assertThat(lines).noneMatch(line -> line.contains("draft"));
    }
}
