package quintet.encoder.words;

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
import quintet.encoder.model.ModelException;
import quintet.encoder.model.Sha256;

/**
 * A folder with a file of word vectors and, unless the defaults fit, {@code model.properties} with the keys of
 * {@link WordModelDescriptor}: {@code name}, {@code vectors}, {@code sha256}, {@code dimension}, {@code frequencies},
 * {@code common-component}, {@code licence}.
 *
 * <p>The revision is the first 12 digits of the SHA-256 of the vectors' file. Frequencies and a common component change every
 * vector too: where a model has one, its revision is made of the SHA-256 of all its files.
 */
public final class WordModelFolder {
    private static final String DESCRIPTION = "model.properties";
    private static final List<String> VECTORS =
            List.of("vectors.txt", "vectors.bin", "vectors.txt.gz", "vectors.bin.gz");

    private final Path folder;
    private final WordModelDescriptor descriptor;

    private WordModelFolder(Path folder, WordModelDescriptor descriptor) {
        this.folder = folder;
        this.descriptor = descriptor;
    }

    /** Returns whether a folder holds a model of word vectors: a description that names them, or a file of the usual name. */
    public static boolean holdsWordVectors(Path folder) {
        return properties(folder).containsKey("vectors") || usualFile(folder).isPresent();
    }

    /**
     * Returns the model in a folder.
     *
     * @throws ModelException if there is none, or its description is wrong
     */
    public static WordModelFolder of(Path folder) {
        Properties properties = properties(folder);
        String vectors = Optional.ofNullable(properties.getProperty("vectors"))
                .or(() -> usualFile(folder))
                .orElseThrow(
                        () -> new ModelException("%s has none of %s, and no %s that names the file of its word vectors"
                                .formatted(folder, String.join(", ", VECTORS), DESCRIPTION)));
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return new WordModelFolder(folder, WordModelDescriptor.of(properties, name, vectors));
    }

    /** Returns what the model says about itself. */
    public WordModelDescriptor descriptor() {
        return descriptor;
    }

    WordEncoder load() {
        Path file = folder.resolve(descriptor.vectors());
        String sha256 = sha256(file);
        String described = descriptor.sha256().orElse(sha256);
        if (!described.equals(sha256)) {
            throw new ModelException("model %s: the SHA-256 of %s is %s, %s is described"
                    .formatted(descriptor.name(), file, sha256, described));
        }
        WordVectors vectors = WordVectors.read(file);
        if (descriptor.dimension() != 0 && descriptor.dimension() != vectors.dimension()) {
            throw new ModelException("model %s: its vectors have %d dimensions, %d are described"
                    .formatted(descriptor.name(), vectors.dimension(), descriptor.dimension()));
        }
        Optional<Path> frequencies = descriptor.frequencies().map(folder::resolve);
        Optional<Path> common = descriptor.commonComponent().map(folder::resolve);
        return new WordEncoder(
                descriptor,
                revision(sha256, frequencies, common),
                vectors,
                frequencies
                        .map(counts -> SifWeights.ofFrequencies(vectors, counts))
                        .orElseGet(() -> SifWeights.ofRanks(vectors)),
                common.map(direction -> CommonComponent.read(direction, vectors.dimension())));
    }

    private String revision(String sha256, Optional<Path> frequencies, Optional<Path> common) {
        if (frequencies.isEmpty() && common.isEmpty()) {
            return sha256.substring(0, 12);
        }
        String all = "vectors %s frequencies %s common-component %s"
                .formatted(
                        sha256,
                        frequencies.map(this::sha256).orElse("none"),
                        common.map(this::sha256).orElse("none"));
        return digest(all).substring(0, 12);
    }

    private String sha256(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Sha256.of(in);
        } catch (IOException e) {
            throw new ModelException("model %s: could not read %s (%s)".formatted(descriptor.name(), file, e), e);
        }
    }

    private static String digest(String text) {
        try {
            return Sha256.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> usualFile(Path folder) {
        return VECTORS.stream()
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
