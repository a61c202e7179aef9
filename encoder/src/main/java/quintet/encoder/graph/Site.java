package quintet.encoder.graph;

import java.util.Locale;

/** The four places of a layer where activations meet a weight matrix. */
enum Site {
    /** In front of queries, keys and values. */
    QKV,
    /** Behind attention. */
    OUTPUT,
    /** In front of the feed-forward part. */
    UP,
    /** Behind Gelu, which is never below {@value #GELU_MIN}. */
    DOWN;

    private static final float GELU_MIN = -0.17f;

    /** Returns the name of the place in a layer, for constants and files. */
    String of(int layer) {
        return "layer.%d.%s".formatted(layer, name().toLowerCase(Locale.ROOT));
    }

    /** Returns the least value that an activation of this magnitude can have. */
    float least(float magnitude) {
        return this == DOWN ? Math.max(-magnitude, GELU_MIN) : -magnitude;
    }

    /**
     * Returns how much of the greatest magnitude the 8-bit range reaches to. Behind Gelu the greatest are so rare that finer steps for
     * the others are worth more; elsewhere every cut costs more than it gives (measured, see the README).
     */
    float kept() {
        return this == DOWN ? 0.8f : 1;
    }
}
