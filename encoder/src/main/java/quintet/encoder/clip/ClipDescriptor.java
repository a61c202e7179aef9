package quintet.encoder.clip;

import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import quintet.encoder.model.ModelException;

/**
 * What a CLIP model says about itself in {@code model.properties}; all of it can be left out.
 *
 * @param name name that travels with every result; the folder's where the model says none
 * @param textModel the ONNX file that reads texts, in the folder
 * @param visionModel the ONNX file that reads images, in the folder
 * @param tokenizer the {@code tokenizer.json}
 * @param preprocessor the {@code preprocessor_config.json}
 * @param textSha256 SHA-256 of {@code textModel} in lower-case hexadecimal digits; absent to take whatever is there
 * @param visionSha256 the same of {@code visionModel}
 * @param dimension length of the vectors; 0 to take whatever they have
 * @param maxTokens longest text, special tokens included
 * @param licence SPDX identifier, or how the source words it
 */
public record ClipDescriptor(
        String name,
        String textModel,
        String visionModel,
        String tokenizer,
        String preprocessor,
        Optional<String> textSha256,
        Optional<String> visionSha256,
        int dimension,
        int maxTokens,
        String licence) {
    private static final int MAX_DIMENSION = 16_384;
    private static final int MAX_TOKENS = 1_024;

    /** Checks the bounds. */
    public ClipDescriptor {
        if (dimension < 0 || dimension > MAX_DIMENSION) {
            throw new ModelException("model %s: dimension is %d, must be at most %d, or 0 for any"
                    .formatted(name, dimension, MAX_DIMENSION));
        }
        if (maxTokens < 3 || maxTokens > MAX_TOKENS) {
            throw new ModelException(
                    "model %s: max-tokens is %d, must be 3 to %d".formatted(name, maxTokens, MAX_TOKENS));
        }
    }

    /**
     * Reads a description.
     *
     * @param name name of a model that does not say its own
     * @param textModel file of a model that does not say its own
     * @param visionModel file of a model that does not say its own
     */
    static ClipDescriptor of(Properties properties, String name, String textModel, String visionModel) {
        String own = properties.getProperty("name", name).strip();
        return new ClipDescriptor(
                own,
                properties.getProperty("text-model", textModel).strip(),
                properties.getProperty("vision-model", visionModel).strip(),
                properties.getProperty("tokenizer", "tokenizer.json").strip(),
                properties
                        .getProperty("preprocessor", "preprocessor_config.json")
                        .strip(),
                digits(properties.getProperty("text-sha256")),
                digits(properties.getProperty("vision-sha256")),
                number(properties, own, "dimension", "0"),
                number(properties, own, "max-tokens", "77"),
                properties.getProperty("licence", "unknown").strip());
    }

    private static int number(Properties properties, String name, String key, String otherwise) {
        String value = properties.getProperty(key, otherwise).strip();
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new ModelException("model %s: %s is %s, must be a number".formatted(name, key, value), e);
        }
    }

    private static Optional<String> digits(@Nullable String sha256) {
        return Optional.ofNullable(sha256).map(digits -> digits.strip().toLowerCase(Locale.ROOT));
    }
}
