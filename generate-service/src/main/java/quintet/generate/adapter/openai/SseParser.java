package quintet.generate.adapter.openai;

import java.util.Arrays;
import quintet.failure.Failure;

/**
 * Reads server-sent events out of bytes that arrive in pieces of any size, as the HTML standard says: lines end with LF, CR or both;
 * comments and fields other than {@code data} are passed over; several lines of data are joined by LF; an empty line ends an event. A
 * text is decoded only when it is whole, so that no character is cut in two. Bounded; not thread-safe.
 */
final class SseParser {
    /** Takes the data of an event; valid during the call. */
    @FunctionalInterface
    interface Sink {
        void data(byte[] bytes, int length);
    }

    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final int FIRST_SIZE = 1024;

    private final int maxSize;
    private final Sink sink;
    private byte[] line = new byte[FIRST_SIZE];
    private int lineLength;
    private byte[] data = new byte[FIRST_SIZE];
    private int dataLength = -1;
    private boolean afterReturn;
    private boolean begun;

    SseParser(int maxSize, Sink sink) {
        this.maxSize = maxSize;
        this.sink = sink;
    }

    /** Takes in the next bytes; throws a failure if a line or an event is too large. */
    void feed(byte[] bytes) {
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                boolean secondHalf = b == '\n' && afterReturn && i == from && lineLength == 0;
                afterReturn = b == '\r';
                append(bytes, from, i - from);
                from = i + 1;
                if (!secondHalf) {
                    endLine();
                }
            } else {
                afterReturn = false;
            }
        }
        append(bytes, from, bytes.length - from);
    }

    private void append(byte[] bytes, int from, int length) {
        if (length > 0) {
            line = grown(line, lineLength + length);
            System.arraycopy(bytes, from, line, lineLength, length);
            lineLength += length;
        }
    }

    private void endLine() {
        int start = !begun && startsWithByteOrderMark() ? 3 : 0;
        begun = true;
        int length = lineLength;
        lineLength = 0;
        if (length == start) {
            if (dataLength >= 0) {
                int whole = dataLength;
                dataLength = -1;
                sink.data(data, whole);
            }
            return;
        }
        int colon = start;
        while (colon < length && line[colon] != ':') {
            colon++;
        }
        if (Arrays.equals(line, start, colon, DATA, 0, DATA.length)) {
            int value = Math.min(length, colon + 1);
            add(value < length && line[value] == ' ' ? value + 1 : value, length);
        }
    }

    private void add(int from, int to) {
        int before = Math.max(dataLength, 0);
        boolean further = dataLength >= 0;
        data = grown(data, before + to - from + 1);
        if (further) {
            data[before++] = '\n';
        }
        System.arraycopy(line, from, data, before, to - from);
        dataLength = before + to - from;
    }

    private boolean startsWithByteOrderMark() {
        return lineLength >= 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf;
    }

    private byte[] grown(byte[] buffer, int size) {
        if (size > maxSize) {
            throw Failure.unavailable(
                    "MODEL_SERVER_UNAVAILABLE",
                    "the model server sent an event of more than %d bytes, that is the most".formatted(maxSize),
                    null);
        }
        return size <= buffer.length
                ? buffer
                : Arrays.copyOf(buffer, Math.min(maxSize, Math.max(size, 2 * buffer.length)));
    }
}
