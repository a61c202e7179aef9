package quintet.modelserver.adapter.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quintet.modelserver.gguf.GgufHeader;
import quintet.modelserver.port.LanguageModel;
import quintet.modelserver.port.ModelUnusableException;
import quintet.modelserver.port.Models;

/** {@link Models} from GGUF files. */
@ApplicationScoped
class LlamaModels implements Models {
    private static final Pattern UNKNOWN_ARCHITECTURE = Pattern.compile("unknown model architecture: '([^']*)'");
    /** Share of holes from which on early versions move cells together. */
    private static final float HOLES = 0.1f;

    private final LlamaConfig config;
    private final NativeLog log = new NativeLog();
    private @Nullable LlamaLibrary loaded;

    LlamaModels(LlamaConfig config) {
        this.config = config;
    }

    @Override
    public LanguageModel load() {
        Path file = config.modelFile()
                .orElseThrow(() -> new ModelUnusableException(
                        "There is no model to run: set QUINTET_MODEL_FILE to a GGUF file (quintet up --model FILE)"));
        return open(file);
    }

    @Override
    public Optional<LanguageModel> loadDraft(LanguageModel target) {
        return config.draftFile().map(file -> {
            LlamaModel draft = open(file);
            if (!(target instanceof LlamaModel model)) {
                return draft;
            }
            Optional<String> difference = model.difference(draft);
            if (difference.isPresent()) {
                draft.close();
                throw new ModelUnusableException(
                        "The draft model %s does not fit the model: their vocabularies differ, %s. A draft must be of"
                                        .formatted(file, difference.get())
                                + " the same family; without --draft, guesses come from the text so far");
            }
            return draft;
        });
    }

    private LlamaModel open(Path file) {
        GgufHeader header;
        try {
            header = GgufHeader.read(file);
        } catch (IOException e) {
            throw new ModelUnusableException("The model can't be read: " + e.getMessage(), e);
        }
        LlamaLibrary library = library();
        var _ = log.takeErrors();
        MemorySegment model = loadModel(library, file, header);
        try {
            checkKind(library, model, file, header);
            LlamaSettings settings = settings();
            return new LlamaModel(library, name(file), settings, model, newContext(library, model, settings, file));
        } catch (RuntimeException e) {
            library.freeModel.callVoid(model);
            throw e;
        }
    }

    private synchronized LlamaLibrary library() {
        if (loaded == null) {
            loaded = LlamaLibrary.load(LibraryFile.find(config.library(), config.cacheDir()), log);
        }
        return loaded;
    }

    private MemorySegment loadModel(LlamaLibrary library, Path file, GgufHeader header) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = LlamaLibrary.defaults(library.modelDefaults, arena);
            MemorySegment model = library.loadModel.callPointer(arena.allocateFrom(file.toString()), parameters);
            if (model.equals(MemorySegment.NULL)) {
                throw new ModelUnusableException(whyNot(file, header, log.takeErrors()));
            }
            return model;
        }
    }

    /** Puts what llama.cpp said into a sentence that tells what to do. */
    static String whyNot(Path file, GgufHeader header, List<String> errors) {
        String all = String.join("; ", errors);
        Matcher unknown = UNKNOWN_ARCHITECTURE.matcher(all);
        if (unknown.find()) {
            return "The model %s is of the architecture \"%s\", which this version of llama.cpp does not know. Name a newer library with --llama-library, or take a model of another architecture"
                    .formatted(file, unknown.group(1));
        }
        return "The model %s (architecture \"%s\") can't be loaded: %s"
                .formatted(file, header.architecture(), all.isEmpty() ? "llama.cpp does not say why" : all);
    }

    private static void checkKind(LlamaLibrary library, MemorySegment model, Path file, GgufHeader header) {
        if (library.hasEncoder.callBoolean(model)) {
            throw new ModelUnusableException(
                    "The model %s (%s) has an encoder; only models that continue texts are run here"
                            .formatted(file, header.architecture()));
        }
        if (!library.rollsBack(model)) {
            throw new ModelUnusableException(
                    "The model %s (%s) is recurrent: single tokens can't be taken back from its state, which shared prefixes and speculation need"
                            .formatted(file, header.architecture()));
        }
    }

    private LlamaSettings settings() {
        int threads = config.threads().orElse(Runtime.getRuntime().availableProcessors());
        return new LlamaSettings(
                config.contextTokens(), config.slots(), Math.max(config.batchTokens(), config.slots()), threads);
    }

    private MemorySegment newContext(LlamaLibrary library, MemorySegment model, LlamaSettings settings, Path file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = LlamaLibrary.defaults(library.contextDefaults, arena);
            ContextLayout layout = library.layout;
            parameters.set(JAVA_INT, ContextLayout.CONTEXT, settings.contextTokens());
            parameters.set(JAVA_INT, ContextLayout.BATCH, settings.batchTokens());
            // As large as the batch: a decode is one step, which has either happened or not.
            parameters.set(JAVA_INT, ContextLayout.MICRO_BATCH, settings.batchTokens());
            parameters.set(JAVA_INT, ContextLayout.SEQUENCES, settings.sequences());
            parameters.set(JAVA_INT, layout.threads(), settings.threads());
            parameters.set(JAVA_INT, layout.threads() + 4, settings.threads());
            if (layout.defragmentation() >= 0) {
                parameters.set(JAVA_FLOAT, layout.defragmentation(), HOLES);
            }
            if (layout.unified() >= 0) {
                parameters.set(JAVA_BYTE, layout.unified(), (byte) 1);
            }
            MemorySegment context = library.newContext.callPointer(model, parameters);
            if (context.equals(MemorySegment.NULL)) {
                throw new ModelUnusableException(
                        "The model %s can't be run with a context of %d tokens: %s. It may need more memory than there is; try a smaller context"
                                .formatted(file, settings.contextTokens(), String.join("; ", log.takeErrors())));
            }
            return context;
        }
    }

    private String name(Path file) {
        return config.modelName().orElseGet(() -> {
            String name = String.valueOf(file.getFileName());
            return name.endsWith(".gguf") ? name.substring(0, name.length() - ".gguf".length()) : name;
        });
    }
}
