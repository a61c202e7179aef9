package quintet.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.pipeline.LimitsConfig;

class UploadSlotsTest {
    private static final long MEBIBYTE = 1 << 20;

    private final UploadSlots slots = new UploadSlots(TestConfigs.of(
            LimitsConfig.class,
            Map.of(
                    "quintet.ingest.limits.max-uploads", "3",
                    "quintet.ingest.limits.max-json", "4M",
                    "quintet.ingest.limits.max-in-memory", "6M")));

    @Test
    void boundsUploads() {
        UploadSlots.Slot first = slots.enter(0);
        UploadSlots.Slot _ = slots.enter(0);
        UploadSlots.Slot _ = slots.enter(0);
        assertThat(refusal(0).message()).contains("3 uploads");
        first.close();
        first.close();
        UploadSlots.Slot _ = slots.enter(0);
        assertThat(refusal(0).reason()).isEqualTo("OVERLOADED");
    }

    @Test
    void boundsBytesInMemory() {
        UploadSlots.Slot large = slots.enter(4 * MEBIBYTE);
        assertThat(refusal(4 * MEBIBYTE).message()).contains("4096 kB", "6144 kB");
        UploadSlots.Slot small = slots.enter(2 * MEBIBYTE);
        assertThat(refusal(1).reason()).isEqualTo("OVERLOADED");
        large.close();
        small.close();
        assertThatCode(() -> slots.enter(4 * MEBIBYTE).close()).doesNotThrowAnyException();
    }

    @Test
    void takesOneThatIsLargerThanTheMemoryAlone() {
        UploadSlots.Slot all = slots.enter(100 * MEBIBYTE);
        assertThat(refusal(1).reason()).isEqualTo("OVERLOADED");
        all.close();
        assertThatCode(() -> slots.enter(100 * MEBIBYTE).close()).doesNotThrowAnyException();
    }

    private Failure refusal(long bytes) {
        return catchThrowableOfType(Failure.class, () -> slots.enter(bytes));
    }
}
