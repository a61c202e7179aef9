package quintet.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quintet.encoder.model.InstructionTemplate;
import quintet.encoder.model.ModelDescriptor;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.model.Pooling;
import quintet.encoder.onnx.Head;
import quintet.encoder.onnx.OnnxModel;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.TokenizedText;

/** Turns a text into a vector of unit length, {@code [dimension]}. */
public final class BiEncoder extends TransformerEncoder<float[]> {
    private BiEncoder(ModelPackage source, EncoderOptions options) {
        super(source, options, BiEncoder::head);
    }

    /**
     * Loads a model and starts its workers.
     *
     * @throws ModelException if the model can not be loaded or is not as it is described
     */
    public static BiEncoder load(ModelPackage source, EncoderOptions options) {
        return new BiEncoder(source, options);
    }

    /** Returns the sequence of a query, with what the model wants in front; a text that does not fit is refused. */
    public TokenSequence query(String text) {
        return query(text, Overflow.REFUSE);
    }

    /** Returns the sequence of a query, with what the model wants in front. */
    public TokenSequence query(String text, Overflow overflow) {
        return sequence(descriptor().queryPrefix(), text, true, overflow);
    }

    /** Returns the sequence of a passage; a text that does not fit is refused. */
    public TokenSequence passage(String text) {
        return passage(text, Overflow.REFUSE);
    }

    /** Returns the sequence of a passage. */
    public TokenSequence passage(String text, Overflow overflow) {
        return sequence(descriptor().passagePrefix(), text, true, overflow);
    }

    /**
     * Returns the sequence of a text with an instruction in front, in place of the prefix of queries or passages.
     *
     * @throws IllegalStateException if the model's description has no template for instructions
     */
    public TokenSequence instructed(String instruction, String text, Overflow overflow) {
        InstructionTemplate template = descriptor()
                .instruction()
                .orElseThrow(() -> new IllegalStateException("model %s has no instruction-template"
                        .formatted(descriptor().name())));
        return sequence(template.prefix(instruction), text, template.pooled(), overflow);
    }

    private TokenSequence sequence(String prefix, String text, boolean prefixPooled, Overflow overflow) {
        TokenizedText tokens = tokenizer().tokenize(prefix.isEmpty() ? text : prefix + text);
        int maxTokens = descriptor().maxTokens();
        int inPrefix = countBefore(tokens, prefix.length());
        boolean roomForText = inPrefix + 2 < maxTokens;
        if (tokens.size() + 2 > maxTokens && (overflow == Overflow.REFUSE || !roomForText)) {
            throw new TextTooLongException(tokens.size() + 2, maxTokens);
        }
        return TokenSequence.single(tokenizer(), tokens, maxTokens, prefixPooled ? 0 : inPrefix);
    }

    /** Returns how many tokens begin before an offset. */
    private static int countBefore(TokenizedText tokens, int offset) {
        int count = 0;
        while (count < tokens.size() && tokens.start(count) < offset) {
            count++;
        }
        return count;
    }

    private static Head<float[]> head(ModelDescriptor descriptor, OnnxModel model) {
        if (descriptor.pooling() == Pooling.NONE) {
            throw new ModelException(
                    "model %s: nothing says how its vectors are made, its model.properties must give dimension and pooling (cls or mean)"
                            .formatted(descriptor.name()));
        }
        int dimension = descriptor.dimension();
        if (model.takesBatches()) {
            return pooledHead(descriptor, model, dimension);
        }
        String output = model.output(3, "last_hidden_state", "token_embeddings")
                .orElseThrow(() -> new ModelException(
                        "model %s: its outputs are %s, one must be last_hidden_state or token_embeddings of three dimensions"
                                .formatted(descriptor.name(), model.outputs().keySet())));
        checkDimension(descriptor, model.outputs().getOrDefault(output, new long[3])[2]);
        boolean mean = descriptor.pooling() == Pooling.MEAN;
        return (outputs, batch) -> {
            float[] tokens = outputs.floats(output);
            int length = batch.getFirst().length();
            if (tokens.length != length * dimension) {
                throw new IllegalStateException("%s has %d values for %d tokens, not %d each"
                        .formatted(output, tokens.length, length, dimension));
            }
            return List.of(unit(
                    mean ? sum(tokens, batch.getFirst().firstPooled(), dimension) : Arrays.copyOf(tokens, dimension)));
        };
    }

    /** A graph of ours pools and normalizes by itself. */
    private static Head<float[]> pooledHead(ModelDescriptor descriptor, OnnxModel model, int dimension) {
        if (descriptor.instruction().filter(template -> !template.pooled()).isPresent()) {
            throw new ModelException("model %s: its graph pools all tokens by itself, instruction-pooled must be true"
                    .formatted(descriptor.name()));
        }
        String output = model.output(2, "embeddings")
                .orElseThrow(() -> new ModelException("model %s: its outputs are %s, one must be embeddings"
                        .formatted(descriptor.name(), model.outputs().keySet())));
        checkDimension(descriptor, model.outputs().getOrDefault(output, new long[2])[1]);
        return (outputs, batch) -> {
            float[] rows = outputs.floats(output);
            List<float[]> vectors = new ArrayList<>(batch.size());
            for (int from = 0; from < rows.length; from += dimension) {
                vectors.add(finite(Arrays.copyOfRange(rows, from, from + dimension)));
            }
            return vectors;
        };
    }

    private static void checkDimension(ModelDescriptor descriptor, long actual) {
        if (actual > 0 && actual != descriptor.dimension()) {
            throw new ModelException("model %s: its vectors have %d dimensions, %d are described"
                    .formatted(descriptor.name(), actual, descriptor.dimension()));
        }
    }

    private static float[] finite(float[] vector) {
        for (float value : vector) {
            if (!Float.isFinite(value)) {
                throw new IllegalStateException("the vector has a value " + value);
            }
        }
        return vector;
    }

    /** The mean from a token on but for its length, which goes anyway. */
    private static float[] sum(float[] tokens, int firstToken, int dimension) {
        float[] sum = new float[dimension];
        for (int from = firstToken * dimension; from < tokens.length; from += dimension) {
            for (int i = 0; i < dimension; i++) {
                sum[i] += tokens[from + i];
            }
        }
        return sum;
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalStateException("the vector has length " + length);
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }
}
