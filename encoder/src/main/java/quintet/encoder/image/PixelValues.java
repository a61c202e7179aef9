package quintet.encoder.image;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** An image as a vision model reads it, {@code [3, size, size]}: all its red values row by row, then green, then blue. Immutable. */
public final class PixelValues {
    private final int size;
    private final float[] values;

    /** Takes {@code values} without a copy. */
    PixelValues(int size, float[] values) {
        this.size = size;
        this.values = values;
    }

    /** Returns an image of one light colour, to try a model with. */
    public static PixelValues blank(int size) {
        float[] values = new float[RgbImage.CHANNELS * size * size];
        Arrays.fill(values, 1);
        return new PixelValues(size, values);
    }

    /** Returns the length of a side in pixels. */
    public int size() {
        return size;
    }

    /** Returns how many values there are, {@code 3 * size * size}. */
    public int count() {
        return values.length;
    }

    /** Returns a value; {@code channel} is 0 for red, 1 for green, 2 for blue. */
    public float at(int channel, int y, int x) {
        return values[(channel * size + y) * size + x];
    }

    /** Puts all values into a buffer. */
    public void putInto(FloatBuffer buffer) {
        FloatBuffer _ = buffer.put(values);
    }
}
