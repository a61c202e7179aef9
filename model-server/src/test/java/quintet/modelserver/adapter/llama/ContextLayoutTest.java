package quintet.modelserver.adapter.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The defaults of three versions as they lie in memory. */
class ContextLayoutTest {
    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void free() {
        arena.close();
    }

    /** b4916, March 2025. */
    private MemorySegment early() {
        MemorySegment bytes = begin(16, 3);
        // type_k, type_v; then logits_all, embeddings, offload_kqv, flash_attn, no_perf
        integers(bytes, 88, 1, 1);
        flags(bytes, 96, 0, 0, 1, 0, 1);
        bytes.set(JAVA_FLOAT, 64, -1f);
        return bytes;
    }

    /** Late 2025. */
    private MemorySegment middle() {
        MemorySegment bytes = begin(16, 4);
        bytes.set(JAVA_FLOAT, 68, -1f);
        integers(bytes, 88, 1, 1);
        flags(bytes, 112, 0, 1, 1, 1, 1, 0);
        return bytes;
    }

    /** v0.5.0. */
    private MemorySegment late() {
        MemorySegment bytes = begin(28, 4);
        integers(bytes, 24, 1);
        integers(bytes, 36, 0);
        for (int i = 0; i < 4; i++) {
            integers(bytes, 40 + 4 * i, -1);
        }
        integers(bytes, 56, 0);
        bytes.set(JAVA_FLOAT, 84, -1f);
        integers(bytes, 104, 1, 1);
        flags(bytes, 128, 0, 1, 1, 1, 1, 0);
        return bytes;
    }

    private MemorySegment begin(int threads, int enumerations) {
        MemorySegment bytes = arena.allocate(ContextLayout.BYTES, 8);
        integers(bytes, 0, 512, 2048, 512, 1);
        integers(bytes, threads, 4, 4);
        for (int i = 0; i < enumerations; i++) {
            integers(bytes, threads + 8 + 4 * i, -1);
        }
        return bytes;
    }

    @Test
    void recognizesThreeVersions() {
        assertThat(ContextLayout.recognize(early())).contains(new ContextLayout(16, 64, -1));
        assertThat(ContextLayout.recognize(middle())).contains(new ContextLayout(16, -1, 117));
        assertThat(ContextLayout.recognize(late())).contains(new ContextLayout(28, -1, 133));
    }

    @Test
    void refusesWhatIsDifferentAnywhere() {
        MemorySegment size = early();
        size.set(JAVA_INT, 4, 4096);
        assertThat(ContextLayout.recognize(size)).isEmpty();
        MemorySegment threads = early();
        threads.set(JAVA_INT, 20, 5);
        assertThat(ContextLayout.recognize(threads)).isEmpty();
        MemorySegment flags = middle();
        flags.set(JAVA_BYTE, 117, (byte) 1);
        assertThat(ContextLayout.recognize(flags)).isEmpty();
        MemorySegment shifted = late();
        shifted.set(JAVA_FLOAT, 84, 0f);
        assertThat(ContextLayout.recognize(shifted)).isEmpty();
    }

    private static void integers(MemorySegment bytes, int at, int... values) {
        for (int i = 0; i < values.length; i++) {
            bytes.set(JAVA_INT, at + 4L * i, values[i]);
        }
    }

    private static void flags(MemorySegment bytes, int at, int... values) {
        for (int i = 0; i < values.length; i++) {
            bytes.set(JAVA_BYTE, at + i, (byte) values[i]);
        }
    }
}
