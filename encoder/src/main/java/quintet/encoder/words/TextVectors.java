package quintet.encoder.words;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import quintet.encoder.model.ModelException;

/**
 * Reads lines of a word and its values, separated by spaces or tabs. The values are taken from the end of the line, since
 * GloVe's largest file has words with spaces in them; empty lines are passed over.
 */
final class TextVectors {
    private final Path file;
    private final LookAhead source;
    private final String reason;
    private long line;

    /**
     * Creates a reader.
     *
     * @param line number of the next line of the source
     * @param reason where the dimension is from, for messages
     */
    TextVectors(Path file, LookAhead source, long line, String reason) {
        this.file = file;
        this.source = source;
        this.line = line;
        this.reason = reason;
    }

    /** Reads to the end; with {@code exact} there must be as many lines as {@code rows} has room for. */
    WordVectors read(Rows rows, boolean exact) throws IOException {
        int entries = 0;
        for (; source.available(1) > 0; line++) {
            int found = source.find('\n', LookAhead.REACH);
            int length = found < 0 ? source.available(LookAhead.REACH) : found;
            if (length == LookAhead.REACH) {
                throw failure("is longer than %d bytes".formatted(LookAhead.REACH));
            }
            int from = source.position;
            int to = trim(from, from + length);
            if (to > from) {
                if (exact && entries == rows.capacity()) {
                    throw failure("is one word more than the %d that the header says".formatted(rows.capacity()));
                }
                rows.keep(entry(from, to, rows));
                entries++;
            }
            source.skip(found < 0 ? length : length + 1);
        }
        if (exact && entries < rows.capacity()) {
            throw new ModelException(
                    "%s ends after %d words, the header says %d".formatted(file, entries, rows.capacity()));
        }
        return rows.toVectors();
    }

    /** Parses the values of the line {@code bytes[from..to)} into the next row and returns its word. */
    private String entry(int from, int to, Rows rows) {
        float[] values = rows.values();
        int offset = rows.offset();
        int end = to;
        for (int i = rows.dimension() - 1; i >= 0; i--) {
            int start = fieldStart(from, end);
            if (start == from) {
                throw failure(
                        "has %d values, must have %d %s".formatted(rows.dimension() - 1 - i, rows.dimension(), reason));
            }
            values[offset + i] = value(start, end);
            end = trim(from, start);
        }
        if (end == from) {
            throw failure("has no word before its values");
        }
        int last = fieldStart(from, end);
        if (last > from && !Float.isNaN(parse(last, end))) {
            throw failure(
                    "has more than %d values, must have %d %s".formatted(rows.dimension(), rows.dimension(), reason));
        }
        return new String(source.bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private float value(int start, int end) {
        float value = parse(start, end);
        if (Float.isNaN(value)) {
            throw failure("has the value \"%s\", must be a word and finite numbers".formatted(text(start, end)));
        }
        return value;
    }

    /** Returns the finite decimal number in {@code bytes[start..end)}, or NaN: Java's hexadecimal digits and suffixes are none. */
    private float parse(int start, int end) {
        for (int i = start; i < end; i++) {
            byte c = source.bytes[i];
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return Float.NaN;
            }
        }
        try {
            float value = Float.parseFloat(text(start, end));
            return Float.isFinite(value) ? value : Float.NaN;
        } catch (NumberFormatException e) {
            return Float.NaN;
        }
    }

    private String text(int start, int end) {
        return new String(source.bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private int fieldStart(int from, int end) {
        int start = end;
        while (start > from && !isSpace(source.bytes[start - 1])) {
            start--;
        }
        return start;
    }

    private int trim(int from, int to) {
        int end = to;
        while (end > from && isSpace(source.bytes[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private ModelException failure(String what) {
        return new ModelException("%s, line %d %s".formatted(file, line, what));
    }
}
