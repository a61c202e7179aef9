package quintet.ingest.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The unit vector of a chunk in the form in which it travels: little-endian IEEE 754 single precision. Immutable. */
public final class ChunkVector {
    private static final double TOLERANCE = 0.01;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final byte[] littleEndian;
    private final @Nullable String key;

    /**
     * Copies the bytes.
     *
     * @param littleEndian 4 bytes a value
     * @param key SHA-256 of everything that the vector is made from, in lower-case hexadecimal; null if nobody knows
     * @throws IllegalArgumentException if the length is not one within 1 %, which catches NaN too
     */
    public ChunkVector(byte[] littleEndian, @Nullable String key) {
        if (littleEndian.length == 0 || littleEndian.length % Float.BYTES != 0) {
            throw new IllegalArgumentException(
                    "a vector has %d bytes, must have 4 a value".formatted(littleEndian.length));
        }
        if (key != null && !SHA256.matcher(key).matches()) {
            throw new IllegalArgumentException("the key of a vector is no SHA-256 in lower-case hexadecimal");
        }
        this.littleEndian = littleEndian.clone();
        this.key = key;
        double length = length();
        if (!(Math.abs(length - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException("the length of a vector is %s, must be 1".formatted(length));
        }
    }

    private double length() {
        ByteBuffer values = ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN);
        double squares = 0;
        while (values.hasRemaining()) {
            double value = values.getFloat();
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    /** Returns the number of values. */
    public int dimension() {
        return littleEndian.length / Float.BYTES;
    }

    /** Returns a copy of the bytes. */
    public byte[] littleEndian() {
        return littleEndian.clone();
    }

    /** Returns what the vector is made from, if that is known. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkVector that
                && Arrays.equals(littleEndian, that.littleEndian)
                && Objects.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(littleEndian);
    }

    @Override
    public String toString() {
        return "ChunkVector[%d]".formatted(dimension());
    }
}
