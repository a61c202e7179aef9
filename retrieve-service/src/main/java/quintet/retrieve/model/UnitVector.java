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
