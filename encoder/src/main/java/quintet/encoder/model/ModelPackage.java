package quintet.encoder.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import quintet.encoder.tokenizer.Tokenizer;

/** A model's description and its files, from the resources of the program or from a folder. */
public final class ModelPackage {
    private static final String DESCRIPTION = "model.properties";

    private final String place;
    private final @Nullable Path folder;
    private final ModelDescriptor descriptor;

    private ModelPackage(String place, @Nullable Path folder, ModelDescriptor descriptor) {
        this.place = place;
        this.folder = folder;
        this.descriptor = descriptor;
    }

    /** Returns the model that is described by the resource {@code <place>/model.properties}. */
    public static ModelPackage ofResources(String place) {
        try (InputStream description = resource(place + "/" + DESCRIPTION)) {
            return new ModelPackage(place, null, ModelDescriptor.of(read(description), place));
        } catch (IOException e) {
            throw new ModelException("there is no model %s in this program".formatted(place), e);
        }
    }

    /**
     * Returns the model in a folder with {@code model.onnx}, {@code tokenizer.json} and, unless the defaults fit,
     * {@code model.properties}.
     */
    public static ModelPackage ofFolder(Path folder) {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        try (InputStream description = Files.newInputStream(folder.resolve(DESCRIPTION))) {
            return new ModelPackage(folder.toString(), folder, ModelDescriptor.of(read(description), name));
        } catch (NoSuchFileException e) {
            return new ModelPackage(folder.toString(), folder, ModelDescriptor.of(new Properties(), name));
        } catch (IOException e) {
            throw new ModelException("could not read %s of model %s: %s".formatted(DESCRIPTION, folder, e), e);
        }
    }

    /** Returns what the model says about itself. */
    public ModelDescriptor descriptor() {
        return descriptor;
    }

    /** Reads the tokenizer. */
    public Tokenizer tokenizer() {
        try (InputStream json = open(descriptor.tokenizer())) {
            return Tokenizer.read(json);
        } catch (IOException e) {
            throw new ModelException(
                    "model %s: could not use %s: %s"
                            .formatted(descriptor.name(), describe(descriptor.tokenizer()), e.getMessage()),
                    e);
        }
    }

    /** Returns the ONNX file and its SHA-256; one from the resources is copied to the cache first. */
    public ModelFile modelFile(ModelCache cache) {
        try {
            String sha256 = descriptor.sha256().isPresent() && folder == null
                    ? descriptor.sha256().get()
                    : sha256(descriptor.model());
            if (!descriptor.sha256().orElse(sha256).equalsIgnoreCase(sha256)) {
                throw new ModelException("model %s: the SHA-256 of %s is %s, %s is described"
                        .formatted(
                                descriptor.name(),
                                describe(descriptor.model()),
                                sha256,
                                descriptor.sha256().orElse("")));
            }
            return folder == null
                    ? new ModelFile(cache.copy(sha256 + ".onnx", () -> open(descriptor.model())), sha256, true)
                    : new ModelFile(folder.resolve(descriptor.model()), sha256, false);
        } catch (IOException e) {
            throw new ModelException(
                    "model %s: could not read %s (%s)".formatted(descriptor.name(), describe(descriptor.model()), e),
                    e);
        }
    }

    private InputStream open(String file) throws IOException {
        if (folder != null) {
            return Files.newInputStream(folder.resolve(file));
        }
        return resource(file.startsWith("/") ? file.substring(1) : place + "/" + file);
    }

    private String describe(String file) {
        return folder == null ? "the resource " + file : folder.resolve(file).toString();
    }

    private String sha256(String file) throws IOException {
        try (InputStream in = open(file)) {
            return Sha256.of(in);
        }
    }

    private static Properties read(InputStream description) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = new InputStreamReader(description, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }

    private static InputStream resource(String path) throws IOException {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? ModelPackage.class.getClassLoader() : context;
        InputStream in = loader.getResourceAsStream(path);
        if (in == null) {
            throw new FileNotFoundException("no resource " + path);
        }
        return in;
    }
}
