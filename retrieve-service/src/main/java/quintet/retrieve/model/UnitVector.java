package quintet.retrieve.model;

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

    /** Returns a copy of the values. */
    public float[] toArray() {
        return values.clone();
    }

    /**
     * Returns the dot product with a vector of the same dimension, -1 to 1: the cosine of the angle between them.
     *
     * @throws IllegalArgumentException if the dimensions differ
     */
    public double cosine(UnitVector other) {
        float[] a = values;
        float[] b = other.values;
        if (a.length != b.length) {
            throw new IllegalArgumentException("a vector has %d values, must have %d".formatted(b.length, a.length));
        }
        // Four sums that do not wait for each other: one after the other takes four times as long.
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            first = Math.fma(a[i], b[i], first);
            second = Math.fma(a[i + 1], b[i + 1], second);
            third = Math.fma(a[i + 2], b[i + 2], third);
            fourth = Math.fma(a[i + 3], b[i + 3], fourth);
        }
        for (; i < a.length; i++) {
            first = Math.fma(a[i], b[i], first);
        }
        return Math.clamp((double) first + second + third + fourth, -1, 1);
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
