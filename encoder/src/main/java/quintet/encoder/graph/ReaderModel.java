package quintet.encoder.graph;

import java.util.ArrayList;
import java.util.List;
import quintet.encoder.graph.Transformer.Layer;
import quintet.encoder.graph.Transformer.Norm;

/**
 * Finds the weights in a {@code quintet-reader} model, whose matrices are signed bytes with a scale a column and, where the input was
 * smoothed, factors for its channels.
 */
final class ReaderModel {
    private static final int HEADS = 12;

    private final OnnxFile file;

    private ReaderModel(OnnxFile file) {
        this.file = file;
    }

    static Transformer read(OnnxFile file) {
        return new ReaderModel(file).read();
    }

    /** Returns the part behind the last layer. */
    static OutputHead.Reader readHead(OnnxFile file) {
        Tensor pool = file.constant("pool.weight");
        Tensor score = file.constant("score.weight");
        return new OutputHead.Reader(
                transposed(pool, file.constant("pool.bias")),
                transposed(score, file.constant("score.bias")),
                file.constant("gain").floats()[0],
                new Linear(file.constant("span.weight"), file.constant("span.bias")));
    }

    private Transformer read() {
        List<Layer> layers = new ArrayList<>();
        while (file.constants().containsKey("layers.%d.qkv.bias".formatted(layers.size()))) {
            String name = "layers.%d.".formatted(layers.size());
            layers.add(new Layer(
                    linear(name + "qkv"),
                    linear(name + "out"),
                    norm(name + "ln1"),
                    linear(name + "up"),
                    linear(name + "down"),
                    norm(name + "ln2")));
        }
        return new Transformer(
                words(),
                file.constant("position.weight"),
                file.constant("kind.weight"),
                norm("ln"),
                layers,
                HEADS,
                // The usual factor is in the weights of the queries already.
                1,
                1e-12f);
    }

    private Tensor words() {
        Tensor steps = file.constant("word.weight_q");
        float[] values = steps.floats();
        float[] scales = file.constant("word.weight_s").floats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= scales[i / steps.size(1)];
        }
        return Tensor.of(values, steps.shape());
    }

    private Linear linear(String name) {
        Tensor steps = file.constant(name + ".weight_q");
        float[] weights = steps.floats();
        float[] scales = file.constant(name + ".weight_s").floats();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= scales[i % scales.length];
        }
        Linear linear = new Linear(
                steps.size(0),
                steps.size(1),
                weights,
                file.constant(name + ".bias").floats());
        Tensor smoothing = file.constants().get(name + ".smooth");
        return smoothing == null ? linear : linear.forDivided(smoothing.floats());
    }

    private Norm norm(String name) {
        return new Norm(file.constant(name + ".weight"), file.constant(name + ".bias"));
    }

    private static Linear transposed(Tensor weight, Tensor bias) {
        int out = weight.size(0);
        int in = weight.size(1);
        float[] values = weight.floats();
        float[] transposed = new float[values.length];
        for (int row = 0; row < out; row++) {
            for (int column = 0; column < in; column++) {
                transposed[column * out + row] = values[row * in + column];
            }
        }
        return new Linear(in, out, transposed, bias.floats());
    }
}
