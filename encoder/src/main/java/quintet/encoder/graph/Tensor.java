package quintet.encoder.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A constant of an ONNX graph, row by row. */
final class Tensor {
    /** Element types by their number in {@code TensorProto.DataType}, with their size in bytes. */
    enum Type {
        FLOAT(1, 4),
        UINT8(2, 1),
        INT8(3, 1),
        INT32(6, 4),
        INT64(7, 8);

        final int number;
        final int size;

        Type(int number, int size) {
            this.number = number;
            this.size = size;
        }

        static Type of(int number) {
            return Arrays.stream(values())
                    .filter(type -> type.number == number)
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("tensors of data type %d are not read".formatted(number)));
        }
    }

    private final Type type;
    private final long[] shape;
    private final ByteBuffer data;

    /**
     * Takes the bytes of a tensor.
     *
     * @param data little-endian
     */
    Tensor(Type type, long[] shape, ByteBuffer data) {
        this.type = type;
        this.shape = shape.clone();
        this.data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        long expected = Arrays.stream(shape).reduce(type.size, Math::multiplyExact);
        if (expected != this.data.remaining()) {
            throw new IllegalArgumentException("a tensor %s of %s has %d bytes, must have %d"
                    .formatted(type, Arrays.toString(shape), this.data.remaining(), expected));
        }
    }

    static Tensor of(float[] values, long... shape) {
        ByteBuffer data = allocate(values.length * Float.BYTES);
        data.asFloatBuffer().put(values);
        return new Tensor(Type.FLOAT, shape, data);
    }

    static Tensor of(byte[] values, long... shape) {
        return new Tensor(Type.INT8, shape, ByteBuffer.wrap(values));
    }

    static Tensor of(long[] values, long... shape) {
        ByteBuffer data = allocate(values.length * Long.BYTES);
        data.asLongBuffer().put(values);
        return new Tensor(Type.INT64, shape, data);
    }

    static Tensor ofUnsigned(int value) {
        return new Tensor(Type.UINT8, new long[0], ByteBuffer.wrap(new byte[] {(byte) value}));
    }

    Type type() {
        return type;
    }

    long[] shape() {
        return shape.clone();
    }

    int size(int dimension) {
        return Math.toIntExact(shape[dimension]);
    }

    ByteBuffer data() {
        return data.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the values of a tensor of single-precision numbers, or of signed bytes as such numbers. */
    float[] floats() {
        return switch (type) {
            case FLOAT -> {
                float[] values = new float[data.remaining() / Float.BYTES];
                data().asFloatBuffer().get(values);
                yield values;
            }
            case INT8 -> {
                float[] values = new float[data.remaining()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = data.get(i);
                }
                yield values;
            }
            case UINT8, INT32, INT64 -> throw new IllegalStateException("a tensor of %s has no floats".formatted(type));
        };
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
