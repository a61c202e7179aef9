package quintet.encoder.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quintet.encoder.graph.Transformer.Layer;

/**
 * Moves the outliers of activations into the weights, so that one scale fits all channels (Xiao et al. 2023, "SmoothQuant"): channel
 * {@code i} of an activation is divided by {@code s_i = max|x_i|^alpha / max|w_i|^(1 - alpha)} and row {@code i} of the weights is
 * multiplied by it. Behind attention the division costs nothing: it goes into the weights of the values.
 */
final class SmoothQuant {
    private final Transformer transformer;
    private final Map<String, float[]> divisors = new HashMap<>();
    private final Map<String, Range> ranges = new HashMap<>();

    /**
     * Where the values of 0 to 255 lie.
     *
     * @param scale step between two of them
     * @param zeroPoint the one that means 0
     */
    record Range(float scale, int zeroPoint) {}

    private SmoothQuant(Transformer transformer, ActivationRanges activations, float alpha) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < transformer.layers().size(); i++) {
            Layer layer = transformer.layers().get(i);
            float[] qkv = smooth(Site.QKV, i, layer.qkv(), activations, alpha);
            float[] output = smooth(Site.OUTPUT, i, layer.output(), activations, alpha);
            float[] up = smooth(Site.UP, i, layer.up(), activations, alpha);
            float[] down = smooth(Site.DOWN, i, layer.down(), activations, alpha);
            divisors.put(Site.QKV.of(i), qkv);
            divisors.put(Site.UP.of(i), up);
            divisors.put(Site.DOWN.of(i), down);
            int values = 2 * transformer.hidden();
            layers.add(new Layer(
                    layer.qkv().forDivided(qkv).dividing(values, output),
                    layer.output().forDivided(output),
                    layer.attentionNorm(),
                    layer.up().forDivided(up),
                    layer.down().forDivided(down),
                    layer.outputNorm()));
        }
        this.transformer = new Transformer(
                transformer.words(),
                transformer.positions(),
                transformer.types(),
                transformer.norm(),
                layers,
                transformer.heads(),
                transformer.attentionScale(),
                transformer.epsilon());
    }

    /**
     * Smooths all layers.
     *
     * @param alpha how much of an activation's spread goes into the weights, 0 to 1
     */
    static SmoothQuant of(Transformer transformer, ActivationRanges activations, float alpha) {
        return new SmoothQuant(transformer, activations, alpha);
    }

    /** Returns the transformer with weights for divided activations. */
    Transformer transformer() {
        return transformer;
    }

    /** Returns what activations must be divided by at a place; empty where an earlier layer's weights did it. */
    Optional<float[]> divisors(int layer, Site site) {
        return Optional.ofNullable(divisors.get(site.of(layer)));
    }

    /** Returns the range of the divided activations at a place. */
    Range range(int layer, Site site) {
        Range range = ranges.get(site.of(layer));
        if (range == null) {
            throw new IllegalArgumentException("there is no place " + site.of(layer));
        }
        return range;
    }

    private float[] smooth(Site site, int layer, Linear linear, ActivationRanges activations, float alpha) {
        float[] activation = activations.maxima(site.of(layer));
        float[] weight = linear.rowMaxima();
        float[] s = new float[activation.length];
        float least = 0;
        float greatest = 0;
        for (int i = 0; i < s.length; i++) {
            // StrictMath: the same file on every machine.
            s[i] = (float)
                    (StrictMath.pow(activation[i], alpha) / StrictMath.pow(Math.max(weight[i], 1e-5f), 1 - alpha));
            float reached = site.kept() * activation[i];
            least = Math.min(least, site.least(reached) / s[i]);
            greatest = Math.max(greatest, reached / s[i]);
        }
        float scale = (greatest - least) / 255;
        ranges.put(site.of(layer), new Range(scale, Math.round(-least / scale)));
        return s;
    }
}
