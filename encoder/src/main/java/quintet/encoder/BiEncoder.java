package quintet.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import quintet.encoder.model.ModelDescriptor;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.model.Pooling;
import quintet.encoder.onnx.Head;
import quintet.encoder.onnx.OnnxModel;
import quintet.encoder.tokenizer.TokenSequence;

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

    /** Returns the sequence of a query, with its instruction in front. */
    public TokenSequence query(String text) {
        return sequence(descriptor().queryPrefix(), text);
    }

    /** Returns the sequence of a passage. */
    public TokenSequence passage(String text) {
        return sequence(descriptor().passagePrefix(), text);
    }

    private TokenSequence sequence(String prefix, String text) {
        TokenSequence sequence =
                TokenSequence.single(tokenizer(), tokenizer().tokenize(prefix.isEmpty() ? text : prefix + text));
        if (sequence.length() > descriptor().maxTokens()) {
            throw new TextTooLongException(sequence.length(), descriptor().maxTokens());
        }
        return sequence;
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
            return List.of(unit(mean ? sum(tokens, dimension) : Arrays.copyOf(tokens, dimension)));
        };
    }

    /** A graph of ours pools and normalizes by itself. */
    private static Head<float[]> pooledHead(ModelDescriptor descriptor, OnnxModel model, int dimension) {
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

    /** The mean but for its length, which goes anyway. */
    private static float[] sum(float[] tokens, int dimension) {
        float[] sum = new float[dimension];
        for (int from = 0; from < tokens.length; from += dimension) {
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
