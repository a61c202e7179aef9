package quintet.modelserver.adapter.llama;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import quintet.modelserver.gguf.RandomModel;
import quintet.modelserver.port.Models;

/** Models for tests: tiny, random, in files that are written once a run. */
public final class Llama {
    private static final Path FOLDER = folder();

    private Llama() {}

    /** The file of a model. */
    public static synchronized Path file(RandomModel model) {
        Path file = FOLDER.resolve("model-%08x.gguf".formatted(model.hashCode()));
        if (!Files.exists(file)) {
            model.write(file);
        }
        return file;
    }

    /** A file with other content. */
    static Path file(String name, byte[] content) {
        try {
            return Files.write(FOLDER.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to find models, with a model. */
    public static Models models(Path model, int contextTokens, int slots, int batchTokens) {
        return new LlamaModels(new Config(model, Optional.empty(), contextTokens, slots, batchTokens));
    }

    /** The same with a draft. */
    public static Models models(Path model, Path draft, int contextTokens, int slots, int batchTokens) {
        return new LlamaModels(new Config(model, Optional.of(draft), contextTokens, slots, batchTokens));
    }

    private record Config(Path file, Optional<Path> draftFile, int contextTokens, int slots, int batchTokens)
            implements LlamaConfig {
        @Override
        public Optional<Path> modelFile() {
            return Optional.of(file);
        }

        /** Another library than the shipped one can be tried with the same tests. */
        @Override
        public Optional<Path> library() {
            return Optional.ofNullable(System.getProperty("llama.library")).map(Path::of);
        }

        @Override
        public Path cacheDir() {
            return FOLDER;
        }

        @Override
        public Optional<String> modelName() {
            return Optional.empty();
        }

        @Override
        public OptionalInt threads() {
            return OptionalInt.of(Integer.getInteger("llama.threads", 2));
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("llama-test");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
