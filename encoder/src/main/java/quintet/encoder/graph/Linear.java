package quintet.encoder.graph;

/** A linear layer, {@code y = x W + b}: {@code W} is {@code [in, out]} row by row, {@code b} is {@code [out]}. Immutable. */
final class Linear {
    private final int in;
    private final int out;
    private final float[] weight;
    private final float[] bias;

    Linear(Tensor weight, Tensor bias) {
        this(weight.size(0), weight.size(1), weight.floats(), bias.floats());
    }

    Linear(int in, int out, float[] weight, float[] bias) {
        if (weight.length != in * out || bias.length != out) {
            throw new IllegalArgumentException("%d weights and %d biases do not make a layer from %d to %d"
                    .formatted(weight.length, bias.length, in, out));
        }
        this.in = in;
        this.out = out;
        this.weight = weight.clone();
        this.bias = bias.clone();
    }

    int in() {
        return in;
    }

    int out() {
        return out;
    }

    float weight(int row, int column) {
        return weight[row * out + column];
    }

    float bias(int column) {
        return bias[column];
    }

    Tensor weights() {
        return Tensor.of(weight, in, out);
    }

    Tensor biases() {
        return Tensor.of(bias, out);
    }

    /** Returns the layer that gives the outputs {@code from} to {@code to}. */
    Linear columns(int from, int to) {
        int width = to - from;
        float[] part = new float[in * width];
        for (int row = 0; row < in; row++) {
            System.arraycopy(weight, row * out + from, part, row * width, width);
        }
        return new Linear(in, width, part, java.util.Arrays.copyOfRange(bias, from, to));
    }

    /** Returns the layer that gives the outputs of this one and then those of {@code other}, for the same input. */
    Linear and(Linear other) {
        int width = out + other.out;
        float[] joined = new float[in * width];
        for (int row = 0; row < in; row++) {
            System.arraycopy(weight, row * out, joined, row * width, out);
            System.arraycopy(other.weight, row * other.out, joined, row * width + out, other.out);
        }
        float[] biases = java.util.Arrays.copyOf(bias, width);
        System.arraycopy(other.bias, 0, biases, out, other.out);
        return new Linear(in, width, joined, biases);
    }

    /** Returns the layer for an input whose channel {@code i} was divided by {@code divisors[i]}. */
    Linear forDivided(float[] divisors) {
        float[] scaled = weight.clone();
        for (int row = 0; row < in; row++) {
            for (int column = 0; column < out; column++) {
                scaled[row * out + column] *= divisors[row];
            }
        }
        return new Linear(in, out, scaled, bias);
    }

    /** Returns the layer whose outputs from {@code from} on are those of this one, divided by {@code divisors}. */
    Linear dividing(int from, float[] divisors) {
        float[] scaled = weight.clone();
        float[] biases = bias.clone();
        for (int i = 0; i < divisors.length; i++) {
            for (int row = 0; row < in; row++) {
                scaled[row * out + from + i] /= divisors[i];
            }
            biases[from + i] /= divisors[i];
        }
        return new Linear(in, out, scaled, biases);
    }

    /** Returns the greatest absolute weight of each input channel, {@code [in]}. */
    float[] rowMaxima() {
        float[] maxima = new float[in];
        for (int row = 0; row < in; row++) {
            for (int column = 0; column < out; column++) {
                maxima[row] = Math.max(maxima[row], Math.abs(weight(row, column)));
            }
        }
        return maxima;
    }
}
