package quintet.modelserver.gguf;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Writes GGUF files of version 3 with tensors of 32-bit floating-point numbers, which are drawn while they are written.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
final class GgufWriter {
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;
    private static final int TENSOR_OF_FLOATS = 0;
    private static final int CHUNK = 1 << 14;

    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();

    /** A tensor: {@code shape} has the dimension first whose numbers lie side by side. */
    private record Tensor(String name, List<Integer> shape, DoubleSupplier numbers) {
        long count() {
            return shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        }

        long paddedBytes() {
            return padded(count() * Float.BYTES);
        }
    }

    /** Bytes in the order and the types of the format. */
    private static final class Out {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

        @CanIgnoreReturnValue
        Out int32(int value) {
            bytes.write(number.clear().putInt(value).array(), 0, Integer.BYTES);
            return this;
        }

        @CanIgnoreReturnValue
        Out int64(long value) {
            bytes.write(number.clear().putLong(value).array(), 0, Long.BYTES);
            return this;
        }

        @CanIgnoreReturnValue
        Out text(String value) {
            byte[] content = value.getBytes(StandardCharsets.UTF_8);
            int64(content.length).bytes.writeBytes(content);
            return this;
        }

        @CanIgnoreReturnValue
        Out raw(byte[] value) {
            bytes.writeBytes(value);
            return this;
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }
    }

    @CanIgnoreReturnValue
    GgufWriter text(String key, String value) {
        return value(key, new Out().int32(GgufType.STRING).text(value));
    }

    @CanIgnoreReturnValue
    GgufWriter unsigned(String key, int value) {
        return value(key, new Out().int32(GgufType.UINT32).int32(value));
    }

    @CanIgnoreReturnValue
    GgufWriter real(String key, float value) {
        return value(key, new Out().int32(GgufType.FLOAT32).int32(Float.floatToRawIntBits(value)));
    }

    @CanIgnoreReturnValue
    GgufWriter truth(String key, boolean value) {
        return value(key, new Out().int32(GgufType.BOOL).raw(new byte[] {(byte) (value ? 1 : 0)}));
    }

    @CanIgnoreReturnValue
    GgufWriter texts(String key, List<String> list) {
        Out out = new Out().int32(GgufType.ARRAY).int32(GgufType.STRING).int64(list.size());
        list.forEach(out::text);
        return value(key, out);
    }

    @CanIgnoreReturnValue
    GgufWriter reals(String key, List<Float> list) {
        Out out = new Out().int32(GgufType.ARRAY).int32(GgufType.FLOAT32).int64(list.size());
        list.forEach(number -> out.int32(Float.floatToRawIntBits(number)));
        return value(key, out);
    }

    @CanIgnoreReturnValue
    GgufWriter integers(String key, List<Integer> list) {
        Out out = new Out().int32(GgufType.ARRAY).int32(GgufType.INT32).int64(list.size());
        list.forEach(out::int32);
        return value(key, out);
    }

    /** Adds a tensor whose numbers are drawn one after the other when the file is written. */
    @CanIgnoreReturnValue
    GgufWriter tensor(String name, List<Integer> shape, DoubleSupplier numbers) {
        tensors.add(new Tensor(name, List.copyOf(shape), numbers));
        return this;
    }

    void write(Path file) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            byte[] header = header();
            out.write(header);
            out.write(new byte[(int) (padded(header.length) - header.length)]);
            for (Tensor tensor : tensors) {
                write(tensor, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be written", e);
        }
    }

    private byte[] header() {
        Out out = new Out()
                .raw("GGUF".getBytes(StandardCharsets.US_ASCII))
                .int32(VERSION)
                .int64(tensors.size())
                .int64(values.size());
        values.forEach((key, value) -> out.text(key).raw(value));
        long offset = 0;
        for (Tensor tensor : tensors) {
            out.text(tensor.name()).int32(tensor.shape().size());
            tensor.shape().forEach(out::int64);
            out.int32(TENSOR_OF_FLOATS).int64(offset);
            offset += tensor.paddedBytes();
        }
        return out.toBytes();
    }

    private static void write(Tensor tensor, OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long left = tensor.count(); left > 0; left -= CHUNK) {
            chunk.clear();
            for (long i = Math.min(left, CHUNK); i > 0; i--) {
                chunk.putFloat((float) tensor.numbers().getAsDouble());
            }
            out.write(chunk.array(), 0, chunk.position());
        }
        out.write(new byte[(int) (tensor.paddedBytes() - tensor.count() * Float.BYTES)]);
    }

    @CanIgnoreReturnValue
    private GgufWriter value(String key, Out out) {
        values.put(key, out.toBytes());
        return this;
    }

    private static long padded(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
