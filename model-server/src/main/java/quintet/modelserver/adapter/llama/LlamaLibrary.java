package quintet.modelserver.adapter.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import quintet.modelserver.port.ModelUnusableException;

/**
 * The functions of {@code llama.h} that are used, of whatever version has them. Structs of parameters are opaque: the library fills in
 * its defaults, {@link ContextLayout} knows where the few fields lie that are changed, and they are handed back as they are. They
 * are passed by value, which on all supported platforms allows for more room than the library knows of.
 */
final class LlamaLibrary {
    /** {@code struct llama_batch}, the same in all versions. */
    static final MemoryLayout BATCH = MemoryLayout.structLayout(
            JAVA_INT.withName("n_tokens"),
            MemoryLayout.paddingLayout(4),
            ADDRESS.withName("token"),
            ADDRESS.withName("embd"),
            ADDRESS.withName("pos"),
            ADDRESS.withName("n_seq_id"),
            ADDRESS.withName("seq_id"),
            ADDRESS.withName("logits"));

    /** Structs of parameters, larger than any version's. */
    private static final MemoryLayout PARAMETERS =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(ContextLayout.BYTES / 8, JAVA_LONG));

    private static final Linker LINKER = Linker.nativeLinker();

    private final Path file;
    private final SymbolLookup symbols;
    private final @Nullable NativeFunction getMemory;
    final ContextLayout layout;
    final NativeFunction modelDefaults;
    final NativeFunction contextDefaults;
    final NativeFunction loadModel;
    final NativeFunction freeModel;
    final NativeFunction newContext;
    final NativeFunction freeContext;
    final NativeFunction vocabulary;
    final NativeFunction vocabularySize;
    final NativeFunction isEndOfGeneration;
    final NativeFunction isControl;
    final NativeFunction tokenText;
    final NativeFunction trainedContext;
    final NativeFunction describe;
    final NativeFunction isRecurrent;
    final NativeFunction hasEncoder;
    final NativeFunction chatTemplate;
    final NativeFunction applyTemplate;
    final NativeFunction tokenize;
    final NativeFunction tokenToPiece;
    final NativeFunction decode;
    final NativeFunction logits;
    final NativeFunction contextTokens;
    private final NativeFunction forget;
    private final NativeFunction share;
    private final @Nullable NativeFunction defragment;

    private LlamaLibrary(Path file, SymbolLookup symbols) {
        this.file = file;
        this.symbols = symbols;
        modelDefaults = function("llama_model_default_params", FunctionDescriptor.of(PARAMETERS));
        contextDefaults = function("llama_context_default_params", FunctionDescriptor.of(PARAMETERS));
        loadModel = function("llama_model_load_from_file", FunctionDescriptor.of(ADDRESS, ADDRESS, PARAMETERS));
        freeModel = function("llama_model_free", FunctionDescriptor.ofVoid(ADDRESS));
        newContext = function("llama_init_from_model", FunctionDescriptor.of(ADDRESS, ADDRESS, PARAMETERS));
        freeContext = function("llama_free", FunctionDescriptor.ofVoid(ADDRESS));
        vocabulary = function("llama_model_get_vocab", FunctionDescriptor.of(ADDRESS, ADDRESS));
        vocabularySize = function("llama_vocab_n_tokens", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        isEndOfGeneration = function("llama_vocab_is_eog", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT));
        isControl = function("llama_vocab_is_control", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT));
        tokenText = function("llama_vocab_get_text", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        trainedContext = function("llama_model_n_ctx_train", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        describe = function("llama_model_desc", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
        isRecurrent = function("llama_model_is_recurrent", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
        hasEncoder = function("llama_model_has_encoder", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
        chatTemplate = function("llama_model_chat_template", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        applyTemplate = function(
                "llama_chat_apply_template",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_BOOLEAN, ADDRESS, JAVA_INT));
        tokenize = function(
                "llama_tokenize",
                FunctionDescriptor.of(
                        JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_BOOLEAN, JAVA_BOOLEAN));
        tokenToPiece = function(
                "llama_token_to_piece",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_BOOLEAN));
        decode = function("llama_decode", FunctionDescriptor.of(JAVA_INT, ADDRESS, BATCH));
        logits = function("llama_get_logits_ith", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        contextTokens = function("llama_n_ctx", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        // The cache is a thing of its own since the summer of 2025; before, the context stood for it.
        boolean memory = has("llama_get_memory");
        getMemory = memory ? function("llama_get_memory", FunctionDescriptor.of(ADDRESS, ADDRESS)) : null;
        forget = function(
                memory ? "llama_memory_seq_rm" : "llama_kv_self_seq_rm",
                FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
        share = function(
                memory ? "llama_memory_seq_cp" : "llama_kv_self_seq_cp",
                FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        defragment = memory ? null : function("llama_kv_self_defrag", FunctionDescriptor.ofVoid(ADDRESS));
        layout = layout();
    }

    /**
     * Loads it and lets it find its backends.
     *
     * @param log told what it has to say
     */
    static LlamaLibrary load(Path file, NativeLog log) {
        SymbolLookup symbols;
        try {
            symbols = SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new ModelUnusableException(LoadProblem.describe(file), e);
        }
        LlamaLibrary library = new LlamaLibrary(file, symbols);
        library.function("llama_log_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS))
                .callVoid(log.upcall(LINKER), MemorySegment.NULL);
        if (library.has("ggml_backend_load_all_from_path")) {
            try (Arena arena = Arena.ofConfined()) {
                String folder = String.valueOf(file.toAbsolutePath().getParent());
                library.function("ggml_backend_load_all_from_path", FunctionDescriptor.ofVoid(ADDRESS))
                        .callVoid(arena.allocateFrom(folder));
            }
        }
        library.function("llama_backend_init", FunctionDescriptor.ofVoid()).callVoid();
        return library;
    }

    /** Drops positions of a sequence from {@code from} on. */
    boolean forget(MemorySegment context, int sequence, int from) {
        return forget.callBoolean(memory(context), sequence, from, -1);
    }

    /** Makes a sequence begin with positions of another. */
    void share(MemorySegment context, int source, int target, int length) {
        share.callVoid(memory(context), source, target, 0, length);
    }

    /** Tells whether the cache is not a thing of its own yet. */
    boolean early() {
        return getMemory == null;
    }

    /** Lets the next decode move cells together, in versions whose cache needs tokens of a batch side by side. */
    boolean defragment(MemorySegment context) {
        if (defragment == null) {
            return false;
        }
        defragment.callVoid(context);
        return true;
    }

    /** Tells whether a model has a memory from which single positions can't be dropped. */
    boolean rollsBack(MemorySegment model) {
        boolean hybrid = has("llama_model_is_hybrid")
                && function("llama_model_is_hybrid", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS))
                        .callBoolean(model);
        return !hybrid && !isRecurrent.callBoolean(model);
    }

    /** Returns a struct of parameters with the library's defaults. */
    static MemorySegment defaults(NativeFunction function, Arena arena) {
        return function.callPointer((SegmentAllocator) arena);
    }

    private MemorySegment memory(MemorySegment context) {
        return getMemory == null ? context : getMemory.callPointer(context);
    }

    private ContextLayout layout() {
        try (Arena arena = Arena.ofConfined()) {
            return ContextLayout.recognize(defaults(contextDefaults, arena))
                    .orElseThrow(() -> new ModelUnusableException(
                            "The library %s is of a version of llama.cpp that is not known here: the defaults of its"
                                            .formatted(file)
                                    + " llama_context_params are laid out differently. Leave out --llama-library to use"
                                    + " the one that ships"));
        }
    }

    private boolean has(String name) {
        return symbols.find(name).isPresent();
    }

    private NativeFunction function(String name, FunctionDescriptor descriptor) {
        MemorySegment address = symbols.find(name)
                .orElseThrow(() -> new ModelUnusableException(
                        "The library %s has no function %s: it is no llama.cpp, or of another version (b4882 or later)"
                                .formatted(file, name)));
        return new NativeFunction(name, LINKER.downcallHandle(address, descriptor));
    }

    /** Copies a C string. */
    static String text(MemorySegment pointer) {
        return pointer.equals(MemorySegment.NULL)
                ? ""
                : pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
