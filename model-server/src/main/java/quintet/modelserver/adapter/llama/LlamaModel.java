package quintet.modelserver.adapter.llama;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import quintet.modelserver.model.ChatMessage;
import quintet.modelserver.model.ModelRef;
import quintet.modelserver.model.TokenBatch;
import quintet.modelserver.model.Tokens;
import quintet.modelserver.port.LanguageModel;

/** {@link LanguageModel} over a model and a context of llama.cpp. The arena is confined: another thread's call fails in Java. */
final class LlamaModel implements LanguageModel {
    /** What {@code llama_decode} returns when the cache has no room; the second in early versions. */
    private static final int NO_ROOM = 1;

    private static final int EARLY_NO_ROOM = -3;

    private final LlamaLibrary library;
    private final ModelRef ref;
    private final LlamaSettings settings;
    private final MemorySegment model;
    private final MemorySegment context;
    private final LlamaVocabulary vocabulary;
    private final LlamaTemplate template;
    private final int cells;
    private final Arena arena = Arena.ofConfined();
    private final NativeBatch batch;

    LlamaModel(LlamaLibrary library, String name, LlamaSettings settings, MemorySegment model, MemorySegment context) {
        this.library = library;
        this.settings = settings;
        this.model = model;
        this.context = context;
        this.vocabulary = new LlamaVocabulary(library, library.vocabulary.callPointer(model));
        this.template = new LlamaTemplate(library, model, vocabulary.controlTexts());
        this.cells = library.contextTokens.callInt(context);
        int trained = library.trainedContext.callInt(model);
        this.ref = new ModelRef(
                name, description(library, model), trained > 0 ? Math.min(cells, trained) : cells, vocabulary.size());
        this.batch = new NativeBatch(arena, settings.batchTokens());
    }

    private static String description(LlamaLibrary library, MemorySegment model) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(256);
            return library.describe.callInt(model, buffer, buffer.byteSize()) < 0 ? "" : buffer.getString(0);
        }
    }

    @Override
    public ModelRef ref() {
        return ref;
    }

    @Override
    public int cells() {
        return cells;
    }

    @Override
    public int sequences() {
        return settings.sequences();
    }

    @Override
    public int batchTokens() {
        return settings.batchTokens();
    }

    @Override
    public Tokens tokenize(String text, boolean whole, boolean control) {
        return vocabulary.tokenize(text, whole, control);
    }

    @Override
    public byte[] piece(int token) {
        return vocabulary.piece(token);
    }

    @Override
    public boolean ends(int token) {
        return vocabulary.ends(token);
    }

    @Override
    public String prompt(List<ChatMessage> messages) {
        return template.apply(messages);
    }

    @Override
    public boolean decode(TokenBatch tokens) {
        if (tokens.size() == 0 || tokens.size() > settings.batchTokens()) {
            throw new IllegalArgumentException(
                    "a batch has %d tokens, must be 1 to %d".formatted(tokens.size(), settings.batchTokens()));
        }
        int code = library.decode.callInt(context, batch.fill(tokens));
        if (noRoom(code)) {
            undo(tokens);
            if (library.defragment(context)) {
                code = library.decode.callInt(context, batch.fill(tokens));
            }
        }
        if (code == 0) {
            return true;
        }
        undo(tokens);
        if (noRoom(code)) {
            return false;
        }
        throw new IllegalStateException("llama_decode failed with code %d".formatted(code));
    }

    private boolean noRoom(int code) {
        return code == NO_ROOM || (code == EARLY_NO_ROOM && library.early());
    }

    /** A version may have kept what came before the token that found no room. */
    private void undo(TokenBatch tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (i == 0 || tokens.sequence(i) != tokens.sequence(i - 1)) {
                forget(tokens.sequence(i), tokens.position(i));
            }
        }
    }

    @Override
    public void logits(int index, float[] into) {
        MemorySegment row = library.logits.callPointer(context, index);
        if (row.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("there are no logits for token %d of the batch".formatted(index));
        }
        int size = ref.vocabularySize();
        MemorySegment.copy(row.reinterpret((long) size * Float.BYTES), JAVA_FLOAT, 0, into, 0, size);
    }

    @Override
    public void forget(int sequence, int from) {
        checkSequence(sequence);
        if (!library.forget(context, sequence, from)) {
            throw new IllegalStateException("position %d on of sequence %d can't be dropped".formatted(from, sequence));
        }
    }

    @Override
    public void share(int source, int target, int length) {
        checkSequence(source);
        checkSequence(target);
        library.share(context, source, target, length);
    }

    @Override
    public void close() {
        library.freeContext.callVoid(context);
        library.freeModel.callVoid(model);
        arena.close();
    }

    /** Says how the vocabularies of two models differ, if they do. */
    Optional<String> difference(LlamaModel other) {
        return vocabulary.difference(other.vocabulary);
    }

    private void checkSequence(int sequence) {
        if (sequence < 0 || sequence >= settings.sequences()) {
            throw new IllegalArgumentException(
                    "sequence is %d, must be 0 to %d".formatted(sequence, settings.sequences() - 1));
        }
    }
}
