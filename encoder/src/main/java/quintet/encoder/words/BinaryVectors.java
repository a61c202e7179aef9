package quintet.encoder.words;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import quintet.encoder.model.ModelException;

/**
 * Reads entries of a word, a space and its values as 32-bit floats, low byte first. Word2vec itself writes a line feed behind
 * each entry, other programs do not.
 */
final class BinaryVectors {
    /** Longest word that is believed, in bytes. */
    private static final int MAX_WORD = 4_096;

    private final Path file;
    private final LookAhead source;

    BinaryVectors(Path file, LookAhead source) {
        this.file = file;
        this.source = source;
    }

    /** Reads as many entries as {@code rows} has room for, after which the source must end. */
    WordVectors read(Rows rows) throws IOException {
        for (int entry = 1; entry <= rows.capacity(); entry++) {
            skipLineFeed();
            String word = word(entry, rows.capacity());
            values(entry, word, rows);
            rows.keep(word);
        }
        skipLineFeed();
        if (source.available(1) > 0) {
            throw new ModelException(
                    "%s goes on after the %d words that the header says".formatted(file, rows.capacity()));
        }
        return rows.toVectors();
    }

    private String word(int entry, int entries) throws IOException {
        int length = source.find(' ', MAX_WORD);
        if (length < 0 && source.available(MAX_WORD) < MAX_WORD) {
            throw new ModelException(
                    "%s ends before entry %d, the header says %d words".formatted(file, entry, entries));
        }
        if (length <= 0) {
            throw new ModelException(
                    "%s, entry %d: no word of 1 to %d bytes and a space behind it".formatted(file, entry, MAX_WORD));
        }
        String word = source.string(length);
        source.skip(length + 1);
        return word;
    }

    private void values(int entry, String word, Rows rows) throws IOException {
        int dimension = rows.dimension();
        int available = source.available(4 * dimension);
        if (available < 4 * dimension) {
            throw new ModelException("%s, entry %d (%s): the file ends after %d of the %d bytes of its %d values"
                    .formatted(file, entry, word, available, 4 * dimension, dimension));
        }
        float[] values = rows.values();
        int offset = rows.offset();
        var _ = ByteBuffer.wrap(source.bytes, source.position, 4 * dimension)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values, offset, dimension);
        for (int i = 0; i < dimension; i++) {
            if (!Float.isFinite(values[offset + i])) {
                throw new ModelException("%s, entry %d (%s): value %d is %s, must be a finite number"
                        .formatted(file, entry, word, i + 1, values[offset + i]));
            }
        }
        source.skip(4 * dimension);
    }

    private void skipLineFeed() throws IOException {
        if (source.available(1) > 0 && source.bytes[source.position] == '\n') {
            source.skip(1);
        }
    }
}
