package quintet.encoder.words;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes word vectors as other programs do. */
final class TestVectors {
    private TestVectors() {}

    /** Returns Word2Vec's binary, with the line feed behind each entry that word2vec writes and others do not. */
    static byte[] binary(WordVectors vectors, boolean lineFeeds) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(utf8("%d %d\n".formatted(vectors.size(), vectors.dimension())));
        for (int row = 0; row < vectors.size(); row++) {
            out.writeBytes(entry(vectors.word(row), vectors.vector(row)));
            if (lineFeeds) {
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    /** Returns an entry of Word2Vec's binary. */
    static byte[] entry(String word, float... values) {
        byte[] name = utf8(word + " ");
        ByteBuffer bytes = ByteBuffer.allocate(name.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(name);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = new GZIPOutputStream(out)) {
            packing.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
