package quintet.ingest.adapter.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads lines of a bounded length. The bytes of a line are valid until the next one is read. */
final class LineReader {
    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final long maxBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int filled;
    private long total;
    private byte[] line = new byte[BUFFER_BYTES];
    private int length;

    /**
     * Reads from the beginning of {@code in}.
     *
     * @param maxBytes most bytes of all lines together
     */
    LineReader(InputStream in, long maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** Lines, or all together, are longer than allowed. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(String message) {
            super(message);
        }
    }

    /** Goes on to the next line; false at the end. What comes after the last line feed is a line too, but for nothing. */
    boolean next() throws IOException {
        length = 0;
        while (true) {
            if (position == filled && !fill()) {
                return length > 0;
            }
            int end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            append(end - position);
            position = end;
            if (end < filled) {
                position++;
                return true;
            }
        }
    }

    private boolean fill() throws IOException {
        position = 0;
        filled = Math.max(0, in.read(buffer));
        total += filled;
        if (total > maxBytes) {
            throw new TooLongException("it unpacks to more than %d bytes".formatted(maxBytes));
        }
        return filled > 0;
    }

    private void append(int count) throws TooLongException {
        if (length + count > JsonLines.MAX_LINE) {
            throw new TooLongException("a line has more than %d bytes".formatted(JsonLines.MAX_LINE));
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.min(JsonLines.MAX_LINE, Math.max(2 * line.length, length + count)));
        }
        System.arraycopy(buffer, position, line, length, count);
        length += count;
    }

    /** Returns the bytes of the line, and others behind them. */
    byte[] line() {
        return line;
    }

    /** Returns how many bytes the line has. */
    int length() {
        return length;
    }
}
