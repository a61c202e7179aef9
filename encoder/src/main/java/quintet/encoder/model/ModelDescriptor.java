package quintet.encoder.model;

import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * What a model says about itself in {@code model.properties}.
 *
 * @param name name that travels with every result, such as {@code bge-small-en-v1.5-int8}
 * @param model the ONNX file, beside the description or, from the root of the resources, with a leading slash
 * @param tokenizer the {@code tokenizer.json}, found in the same way
 * @param sha256 SHA-256 of the ONNX file in hexadecimal digits; absent to take whatever is there
 * @param dimension length of the vectors; 0 for a model that gives scores
 * @param maxTokens longest sequence, special tokens included
 * @param pooling how token vectors become one
 * @param queryPrefix put in front of queries
 * @param passagePrefix put in front of passages
 * @param matryoshka what the vectors can be cut to
 * @param instruction how an instruction is put in front of a text; absent for a model that was not trained with any
 * @param licence SPDX identifier, or how the source words it
 */
public record ModelDescriptor(
        String name,
        String model,
        String tokenizer,
        Optional<String> sha256,
        int dimension,
        int maxTokens,
        Pooling pooling,
        String queryPrefix,
        String passagePrefix,
        Matryoshka matryoshka,
        Optional<InstructionTemplate> instruction,
        String licence) {

    /** Longest sequence that is believed: more is a typing error or a model of another kind. */
    private static final int MAX_TOKENS = 32_768;

    /** Checks the bounds. */
    public ModelDescriptor {
        if (maxTokens < 8 || maxTokens > MAX_TOKENS) {
            throw new ModelException(
                    "model %s: max-tokens is %d, must be 8 to %d".formatted(name, maxTokens, MAX_TOKENS));
        }
        if (dimension < 0 || (dimension == 0) != (pooling == Pooling.NONE)) {
            throw new ModelException(
                    "model %s: dimension is %d and pooling %s, a model of vectors needs both and any other neither"
                            .formatted(name, dimension, pooling));
        }
        if (matryoshka.lengths().stream().anyMatch(length -> length < 1 || length > dimension)) {
            throw new ModelException("model %s: matryoshka is %s, its lengths must be 1 to %d"
                    .formatted(name, matryoshka.lengths(), dimension));
        }
        if (pooling != Pooling.MEAN
                && instruction.filter(template -> !template.pooled()).isPresent()) {
            throw new ModelException(
                    "model %s: instruction-pooled is false and pooling %s, only a mean can leave the instruction out"
                            .formatted(name, pooling));
        }
    }

    /** Returns whether vectors can be cut to their first {@code length} values. */
    public boolean canBeCutTo(int length) {
        return length == dimension || (length >= 1 && length < dimension && matryoshka.allows(length));
    }

    /**
     * Reads a description.
     *
     * @param name name of a model that does not say its own
     */
    static ModelDescriptor of(Properties properties, String name) {
        String own = properties.getProperty("name", name);
        return new ModelDescriptor(
                own,
                properties.getProperty("model", "model.onnx"),
                properties.getProperty("tokenizer", "tokenizer.json"),
                Optional.ofNullable(properties.getProperty("sha256")),
                number(properties, own, "dimension", "0"),
                number(properties, own, "max-tokens", "512"),
                pooling(properties, own),
                properties.getProperty("query-prefix", ""),
                properties.getProperty("passage-prefix", ""),
                Matryoshka.parse(own, properties.getProperty("matryoshka", "false")),
                InstructionTemplate.of(own, properties),
                properties.getProperty("licence", "unknown"));
    }

    private static int number(Properties properties, String name, String key, String otherwise) {
        String value = properties.getProperty(key, otherwise);
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new ModelException("model %s: %s is %s, must be a number".formatted(name, key, value), e);
        }
    }

    private static Pooling pooling(Properties properties, String name) {
        String value = properties.getProperty("pooling", "none");
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "cls" -> Pooling.CLS;
            case "mean" -> Pooling.MEAN;
            case "none" -> Pooling.NONE;
            default ->
                throw new ModelException("model %s: pooling is %s, must be cls, mean or none".formatted(name, value));
        };
    }
}
