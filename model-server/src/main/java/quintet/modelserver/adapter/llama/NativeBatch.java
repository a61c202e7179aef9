package quintet.modelserver.adapter.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import quintet.modelserver.model.TokenBatch;

/** A {@code llama_batch} in native memory. */
final class NativeBatch {
    private final MemorySegment struct;
    private final MemorySegment tokens;
    private final MemorySegment positions;
    private final MemorySegment sequences;
    private final MemorySegment logits;

    NativeBatch(Arena arena, int capacity) {
        struct = arena.allocate(LlamaLibrary.BATCH);
        tokens = arena.allocate(JAVA_INT, capacity);
        positions = arena.allocate(JAVA_INT, capacity);
        sequences = arena.allocate(JAVA_INT, capacity);
        logits = arena.allocate(JAVA_BYTE, capacity);
        MemorySegment counts = arena.allocate(JAVA_INT, capacity);
        MemorySegment pointers = arena.allocate(ADDRESS, capacity);
        for (int i = 0; i < capacity; i++) {
            counts.setAtIndex(JAVA_INT, i, 1);
            pointers.setAtIndex(ADDRESS, i, sequences.asSlice((long) i * Integer.BYTES, Integer.BYTES));
        }
        pointer("token", tokens);
        pointer("embd", null);
        pointer("pos", positions);
        pointer("n_seq_id", counts);
        pointer("seq_id", pointers);
        pointer("logits", logits);
    }

    private void pointer(String field, @Nullable MemorySegment to) {
        long offset = LlamaLibrary.BATCH.byteOffset(PathElement.groupElement(field));
        struct.set(ADDRESS, offset, to == null ? MemorySegment.NULL : to);
    }

    MemorySegment fill(TokenBatch batch) {
        struct.set(JAVA_INT, 0, batch.size());
        for (int i = 0; i < batch.size(); i++) {
            tokens.setAtIndex(JAVA_INT, i, batch.token(i));
            positions.setAtIndex(JAVA_INT, i, batch.position(i));
            sequences.setAtIndex(JAVA_INT, i, batch.sequence(i));
            logits.set(JAVA_BYTE, i, (byte) (batch.wanted(i) ? 1 : 0));
        }
        return struct;
    }
}
