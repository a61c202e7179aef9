package quintet.encoder.words;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a stream through a window that can be searched before it is passed. The bytes at hand are
 * {@code bytes[position..position + available(..))}; the next call that looks further may move them.
 */
final class LookAhead {
    /** Furthest that can be looked ahead, in bytes. */
    static final int REACH = 1 << 18;

    final byte[] bytes = new byte[2 * REACH];
    int position;
    private int limit;
    private final InputStream in;

    LookAhead(InputStream in) {
        this.in = in;
    }

    /** Returns how many of the next {@code count} bytes there are: fewer only at the end of the stream. */
    int available(int count) throws IOException {
        while (limit - position < count && fill()) {}
        return Math.min(limit - position, count);
    }

    /** Returns how far the next {@code wanted} is, or -1 if it is not among the next {@code reach} bytes. */
    int find(char wanted, int reach) throws IOException {
        int seen = 0;
        while (true) {
            int end = Math.min(limit - position, reach);
            for (; seen < end; seen++) {
                if (bytes[position + seen] == wanted) {
                    return seen;
                }
            }
            if (end == reach || !fill()) {
                return -1;
            }
        }
    }

    /** Returns the next {@code count} bytes, which must be at hand, as UTF-8; what is none becomes U+FFFD. */
    String string(int count) {
        return new String(bytes, position, count, StandardCharsets.UTF_8);
    }

    void skip(int count) {
        position += count;
    }

    private boolean fill() throws IOException {
        if (limit == bytes.length) {
            System.arraycopy(bytes, position, bytes, 0, limit - position);
            limit -= position;
            position = 0;
        }
        int read = in.read(bytes, limit, bytes.length - limit);
        if (read < 0) {
            return false;
        }
        limit += read;
        return true;
    }
}
