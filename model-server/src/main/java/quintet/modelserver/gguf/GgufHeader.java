package quintet.modelserver.gguf;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a GGUF file, read before llama.cpp reads it: a file that is none gets a sentence instead of an assertion.
 *
 * @param version of the format, 2 or 3
 * @param architecture value of {@code general.architecture}
 * @param name value of {@code general.name}, empty if it has none among its first values
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
public record GgufHeader(int version, String architecture, String name) {
    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
    /** Architecture and name come first in practice; vocabularies, which are long, later. */
    private static final int WINDOW = 1 << 20;

    private static final int LONGEST_TEXT = 1 << 16;
    private static final long MOST_VALUES = 1 << 16;

    /**
     * Reads it.
     *
     * @throws IOException with a sentence for people if the file is missing, unreadable or something else
     */
    public static GgufHeader read(Path file) throws IOException {
        ByteBuffer bytes = window(file);
        byte[] magic = new byte[MAGIC.length];
        if (bytes.remaining() < MAGIC.length) {
            throw new IOException("%s is no GGUF file: it has only %d bytes".formatted(file, bytes.remaining()));
        }
        bytes.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("%s is no GGUF file: it does not begin with \"GGUF\"".formatted(file));
        }
        try {
            int version = bytes.getInt();
            if (version < 2 || version > 3) {
                throw new IOException(
                        "%s is of GGUF version %d, must be 2 or 3; convert the model again".formatted(file, version));
            }
            bytes.getLong();
            return values(file, version, bytes);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("%s is damaged: it ends or breaks within its header".formatted(file), e);
        }
    }

    private static GgufHeader values(Path file, int version, ByteBuffer bytes) throws IOException {
        long count = bytes.getLong();
        if (count < 0 || count > MOST_VALUES) {
            throw new IOException("%s is damaged: its header counts %d values".formatted(file, count));
        }
        String architecture = null;
        String name = null;
        for (long i = 0; i < count && (architecture == null || name == null); i++) {
            try {
                String key = text(bytes);
                String value = value(bytes);
                if (key.equals("general.architecture")) {
                    architecture = value;
                } else if (key.equals("general.name")) {
                    name = value;
                }
            } catch (BufferUnderflowException e) {
                if (architecture != null && bytes.capacity() == WINDOW) {
                    break;
                }
                throw e;
            }
        }
        if (architecture == null || architecture.isEmpty()) {
            throw new IOException(
                    "%s does not say of which architecture its model is (general.architecture)".formatted(file));
        }
        return new GgufHeader(version, architecture, name == null ? "" : name);
    }

    private static ByteBuffer window(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, must be a GGUF file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes =
                    ByteBuffer.allocate((int) Math.min(WINDOW, channel.size())).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until it is full.
            }
            return bytes.flip();
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }

    private static String text(ByteBuffer bytes) {
        long length = bytes.getLong();
        if (length < 0 || (length > LONGEST_TEXT && length > bytes.remaining())) {
            throw new IllegalArgumentException("a text of %d bytes".formatted(length));
        }
        if (length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] content = new byte[(int) length];
        bytes.get(content);
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Reads a value; returns it if it is a text. */
    private static @Nullable String value(ByteBuffer bytes) {
        int type = bytes.getInt();
        if (type == GgufType.STRING) {
            return text(bytes);
        }
        if (type != GgufType.ARRAY) {
            skip(bytes, GgufType.bytes(type));
            return null;
        }
        int element = bytes.getInt();
        long count = bytes.getLong();
        if (element != GgufType.STRING) {
            skip(bytes, Math.multiplyExact(count, GgufType.bytes(element)));
            return null;
        }
        for (long i = 0; i < count; i++) {
            skip(bytes, bytes.getLong());
        }
        return null;
    }

    private static void skip(ByteBuffer bytes, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("a value of %d bytes".formatted(count));
        }
        if (count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + (int) count);
    }
}
