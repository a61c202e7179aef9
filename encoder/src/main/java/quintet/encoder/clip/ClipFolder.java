package quintet.encoder.clip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import quintet.encoder.image.ImagePreprocessor;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelFile;
import quintet.encoder.model.Sha256;
import quintet.encoder.tokenizer.Tokenizer;

/**
 * A folder with a CLIP model as Hugging Face exports it in two parts: {@code text_model.onnx} (or {@code textual.onnx}),
 * {@code vision_model.onnx} (or {@code visual.onnx}), {@code tokenizer.json}, {@code preprocessor_config.json} and, unless the
 * defaults fit, {@code model.properties} with the keys of {@link ClipDescriptor}: {@code name}, {@code text-model},
 * {@code vision-model}, {@code tokenizer}, {@code preprocessor}, {@code text-sha256}, {@code vision-sha256}, {@code dimension},
 * {@code max-tokens}, {@code licence}.
 */
public final class ClipFolder {
    private static final String DESCRIPTION = "model.properties";
    private static final List<String> TEXT_MODELS = List.of("text_model.onnx", "textual.onnx");
    private static final List<String> VISION_MODELS = List.of("vision_model.onnx", "visual.onnx");

    private final Path folder;
    private final ClipDescriptor descriptor;

    private ClipFolder(Path folder, ClipDescriptor descriptor) {
        this.folder = folder;
        this.descriptor = descriptor;
    }

    /** Returns whether a folder holds a CLIP model: a description that names what reads images, or a file of the usual name. */
    public static boolean holdsClip(Path folder) {
        return properties(folder).containsKey("vision-model")
                || usualFile(folder, VISION_MODELS).isPresent();
    }

    /**
     * Returns the model in a folder.
     *
     * @throws ModelException if its description is wrong
     */
    public static ClipFolder of(Path folder) {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return new ClipFolder(
                folder,
                ClipDescriptor.of(
                        properties(folder),
                        name,
                        usualFile(folder, TEXT_MODELS).orElse(TEXT_MODELS.getFirst()),
                        usualFile(folder, VISION_MODELS).orElse(VISION_MODELS.getFirst())));
    }

    /** Returns what the model says about itself. */
    public ClipDescriptor descriptor() {
        return descriptor;
    }

    ModelFile textModel() {
        return modelFile(descriptor.textModel(), descriptor.textSha256());
    }

    ModelFile visionModel() {
        return modelFile(descriptor.visionModel(), descriptor.visionSha256());
    }

    Tokenizer tokenizer() {
        return read(descriptor.tokenizer(), Tokenizer::read);
    }

    ImagePreprocessor preprocessor() {
        return read(descriptor.preprocessor(), ImagePreprocessor::read);
    }

    /** Returns 12 hexadecimal digits that stand for all files that change a vector. */
    String revision(ModelFile text, ModelFile vision) {
        String all = "text %s vision %s tokenizer %s preprocessor %s"
                .formatted(
                        text.sha256(),
                        vision.sha256(),
                        read(descriptor.tokenizer(), Sha256::of),
                        read(descriptor.preprocessor(), Sha256::of));
        try {
            return Sha256.of(new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 12);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ModelFile modelFile(String file, Optional<String> described) {
        String sha256 = read(file, Sha256::of);
        if (!described.orElse(sha256).equals(sha256)) {
            throw new ModelException("model %s: the SHA-256 of %s is %s, %s is described"
                    .formatted(descriptor.name(), folder.resolve(file), sha256, described.orElse("")));
        }
        return new ModelFile(folder.resolve(file), sha256, false);
    }

    /** Makes something of a file. */
    private interface FileReader<T> {
        T read(InputStream file) throws IOException;
    }

    private <T> T read(String file, FileReader<T> reader) {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            return reader.read(in);
        } catch (IOException e) {
            throw new ModelException(
                    "model %s: could not use %s: %s".formatted(descriptor.name(), folder.resolve(file), e.getMessage()),
                    e);
        }
    }

    private static Optional<String> usualFile(Path folder, List<String> names) {
        return names.stream()
                .filter(name -> Files.isRegularFile(folder.resolve(name)))
                .findFirst();
    }

    private static Properties properties(Path folder) {
        Properties properties = new Properties();
        Path description = folder.resolve(DESCRIPTION);
        if (Files.exists(description)) {
            try (Reader reader = Files.newBufferedReader(description)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new ModelException("could not read %s of model %s: %s".formatted(DESCRIPTION, folder, e), e);
            }
        }
        return properties;
    }
}
