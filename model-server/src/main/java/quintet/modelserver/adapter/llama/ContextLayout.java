package quintet.modelserver.adapter.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Where the fields lie in {@code llama_context_params} that are set here. The struct changes from version to version, so it is never
 * described: the library fills in its defaults, and what they look like tells which fields they are. A library whose defaults look
 * like nothing known is not used.
 *
 * <p>Known: b4882 to the summer of 2025 (booleans behind the types of keys and values, one cache for all sequences), and from then on
 * (flash attention is an enumeration, booleans come last, one cache for all sequences only if {@code kv_unified}); the latter with
 * further counts between {@code n_seq_max} and {@code n_threads}, as of v0.5.0.
 *
 * @param threads offset of {@code n_threads}; {@code n_threads_batch} follows
 * @param defragmentation offset of {@code defrag_thold}, -1 if it has no effect any more
 * @param unified offset of {@code kv_unified}, -1 if there is none
 */
record ContextLayout(int threads, int defragmentation, int unified) {
    /** Room for the struct, 120 bytes in b4916 and 160 in v0.5.0. */
    static final int BYTES = 512;

    /** Offsets that all versions have in common. */
    static final int CONTEXT = 0;

    static final int BATCH = 4;
    static final int MICRO_BATCH = 8;
    static final int SEQUENCES = 12;

    /** What the first four default to: n_ctx, n_batch, n_ubatch, n_seq_max. */
    static final List<Integer> DEFAULTS = List.of(512, 2048, 512, 1);

    /** GGML_DEFAULT_N_THREADS. */
    private static final int THREADS = 4;

    private static final int FIRST_THREADS = 16;
    private static final int LAST_THREADS = 40;
    /** GGML_TYPE_F16, twice. */
    private static final long TYPES = 1L << 32 | 1;

    /** offload_kqv, behind logits_all and embeddings; then flash_attn, no_perf. */
    private static final List<Integer> EARLY_FLAGS = List.of(0, 0, 1, 0, 1);
    /** embeddings, offload_kqv, no_perf, op_offload, swa_full, kv_unified. */
    private static final List<Integer> LATE_FLAGS = List.of(0, 1, 1, 1, 1, 0);

    /** Tells the layout by the defaults. */
    static Optional<ContextLayout> recognize(MemorySegment defaults) {
        for (int i = 0; i < DEFAULTS.size(); i++) {
            if (defaults.get(JAVA_INT, 4L * i) != DEFAULTS.get(i)) {
                return Optional.empty();
            }
        }
        for (int threads = FIRST_THREADS; threads <= LAST_THREADS; threads += 4) {
            if (integer(defaults, threads) == THREADS && integer(defaults, threads + 4) == THREADS) {
                return behind(defaults, threads);
            }
        }
        return Optional.empty();
    }

    private static Optional<ContextLayout> behind(MemorySegment defaults, int threads) {
        int at = threads + 8;
        if (integer(defaults, at) == 0) {
            // ctx_type
            at += 4;
        }
        int enumerations = 0;
        while (integer(defaults, at) == -1) {
            enumerations++;
            at += 4;
        }
        // rope_freq_base, rope_freq_scale, four of YaRN, yarn_orig_ctx
        int defragmentation = at + 28;
        if (Float.intBitsToFloat(integer(defaults, defragmentation)) != -1f) {
            return Optional.empty();
        }
        int callback = (defragmentation + 4 + 7) / 8 * 8;
        int types = callback + 16;
        if (quad(defaults, callback) != 0 || quad(defaults, callback + 8) != 0 || quad(defaults, types) != TYPES) {
            return Optional.empty();
        }
        if (enumerations == 3 && flags(defaults, types + 8, EARLY_FLAGS)) {
            return Optional.of(new ContextLayout(threads, defragmentation, -1));
        }
        int late = types + 24;
        if (enumerations == 4
                && quad(defaults, types + 8) == 0
                && quad(defaults, types + 16) == 0
                && flags(defaults, late, LATE_FLAGS)) {
            return Optional.of(new ContextLayout(threads, -1, late + LATE_FLAGS.size() - 1));
        }
        return Optional.empty();
    }

    private static boolean flags(MemorySegment defaults, int at, List<Integer> expected) {
        for (int i = 0; i < expected.size(); i++) {
            if (defaults.get(JAVA_BYTE, at + i) != expected.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static int integer(MemorySegment segment, int at) {
        return segment.get(JAVA_INT, at);
    }

    private static long quad(MemorySegment segment, int at) {
        return segment.get(JAVA_LONG, at);
    }
}
