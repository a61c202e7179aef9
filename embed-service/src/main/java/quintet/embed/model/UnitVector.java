package quintet.embed.model;

import java.util.Arrays;

/** A vector of length one: the dot product of two is their cosine similarity. Immutable. */
public final class UnitVector {
    private static final double TOLERANCE = 0.01;

    private final float[] values;

    /**
     * Copies {@code values}.
     *
     * @throws IllegalArgumentException if the length is not one within 1 %, which catches NaN too
     */
    public UnitVector(float... values) {
        this.values = values.clone();
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        if (!(Math.abs(length - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException("length of a vector is %s, must be 1".formatted(length));
        }
    }

    /** Returns the number of values. */
    public int dimension() {
        return values.length;
    }

    /**
     * Returns the first {@code count} values, brought to unit length.
     *
     * @throws IllegalArgumentException if they are all 0
     */
    public UnitVector cutTo(int count) {
        if (count == values.length) {
            return this;
        }
        float[] first = Arrays.copyOf(values, count);
        double squares = 0;
        for (float value : first) {
            squares += (double) value * value;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < count; i++) {
            first[i] = (float) (first[i] / length);
        }
        return new UnitVector(first);
    }

    /** Returns what a step of {@link #toInt8} stands for: the largest absolute value by 127. */
    public float int8Scale() {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest / 127;
    }

    /** Returns the values in steps of {@link #int8Scale}, rounded to the nearest; -127 to 127. */
    public byte[] toInt8() {
        float scale = int8Scale();
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(values[i] / scale);
        }
        return bytes;
    }

    /**
     * Returns a bit a value, 1 where it is above 0, eight a byte, the first in the highest bit; what is left of the last byte is 0.
     * That is how NumPy's {@code packbits} and most vector databases lay them out.
     */
    public byte[] toBits() {
        byte[] bytes = new byte[(values.length + 7) / 8];
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                bytes[i / 8] |= (byte) (0x80 >> (i % 8));
            }
        }
        return bytes;
    }

    /** Returns a copy of the values. */
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UnitVector that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "UnitVector[%d]".formatted(values.length);
    }
}
