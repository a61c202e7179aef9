package quintet.encoder.words;

import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import quintet.encoder.model.ModelException;

/**
 * What a model of word vectors says about itself in {@code model.properties}; all of it can be left out.
 *
 * @param name name that travels with every result; the folder's where the model says none
 * @param vectors the file of word vectors, in the folder; {@code vectors.txt} or {@code vectors.bin}, with {@code .gz} or
 *     without, where the model says none
 * @param sha256 SHA-256 of that file in lower-case hexadecimal digits; absent to take whatever is there
 * @param dimension length of the vectors; 0 to take whatever they have
 * @param frequencies the file of the words' counts; absent to estimate them from the words' order
 * @param commonComponent the file of the direction that is taken out of every vector; absent to take none out
 * @param licence SPDX identifier, or how the source words it
 */
public record WordModelDescriptor(
        String name,
        String vectors,
        Optional<String> sha256,
        int dimension,
        Optional<String> frequencies,
        Optional<String> commonComponent,
        String licence) {

    /** Checks the bounds. */
    public WordModelDescriptor {
        if (dimension < 0 || dimension > WordVectors.MAX_DIMENSION) {
            throw new ModelException("model %s: dimension is %d, must be at most %d, or 0 for any"
                    .formatted(name, dimension, WordVectors.MAX_DIMENSION));
        }
        if (sha256.isPresent() && !sha256.get().matches("[0-9a-f]{64}")) {
            throw new ModelException(
                    "model %s: sha256 is %s, must be 64 hexadecimal digits".formatted(name, sha256.get()));
        }
    }

    /**
     * Reads a description.
     *
     * @param name name of a model that does not say its own
     * @param vectors file of word vectors of a model that does not say its own
     */
    static WordModelDescriptor of(Properties properties, String name, String vectors) {
        String own = properties.getProperty("name", name).strip();
        return new WordModelDescriptor(
                own,
                properties.getProperty("vectors", vectors).strip(),
                stripped(properties.getProperty("sha256")).map(digits -> digits.toLowerCase(Locale.ROOT)),
                dimension(properties, own),
                stripped(properties.getProperty("frequencies")),
                stripped(properties.getProperty("common-component")),
                properties.getProperty("licence", "unknown").strip());
    }

    private static int dimension(Properties properties, String name) {
        String value = properties.getProperty("dimension", "0").strip();
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new ModelException("model %s: dimension is %s, must be a number".formatted(name, value), e);
        }
    }

    private static Optional<String> stripped(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip);
    }
}
