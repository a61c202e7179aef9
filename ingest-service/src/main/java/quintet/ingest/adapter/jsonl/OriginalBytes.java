package quintet.ingest.adapter.jsonl;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Supplier;

/** The original bytes of a document, whose size and hash are compared at their end. */
final class OriginalBytes extends InputStream {
    private final BundleLine.Document document;
    private final Supplier<byte[]> source;
    private final MessageDigest sha256 = JsonLines.sha256();
    private int linesRead;
    private long size;
    private byte[] bytes = {};
    private int position;
    private boolean finished;

    /**
     * Reads the bytes of {@code document}.
     *
     * @param source returns those of the next line
     */
    OriginalBytes(BundleLine.Document document, Supplier<byte[]> source) {
        this.document = document;
        this.source = source;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Fails with {@link IllegalArgumentException} at the end if the bytes are not those that were promised. */
    @Override
    public int read(byte[] target, int offset, int length) {
        while (position == bytes.length && linesRead < document.byteLines()) {
            bytes = source.get();
            position = 0;
            linesRead++;
            size += bytes.length;
            sha256.update(bytes);
        }
        if (position == bytes.length) {
            compare();
            return -1;
        }
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
    }

    /** Reads the rest; returns the size of all. */
    long finish() {
        byte[] sink = new byte[JsonLines.MAX_BYTES];
        int read;
        do {
            read = read(sink, 0, sink.length);
        } while (read >= 0);
        return size;
    }

    private void compare() {
        if (finished) {
            return;
        }
        finished = true;
        if (size != document.sizeBytes()
                || !HexFormat.of().formatHex(sha256.digest()).equals(document.sha256())) {
            throw new IllegalArgumentException(
                    "the original bytes of document %s are not those of its hash".formatted(document.id()));
        }
    }
}
