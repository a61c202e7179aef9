package quintet.local.process;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A log of bounded size: when full, it moves to {@code <name>.1}, in the place of the one before, and a new one begins. */
public final class RotatingLog implements Closeable {
    /** Bytes of one file; two of them are kept. */
    public static final long DEFAULT_LIMIT = 10L << 20;

    private final Path file;
    private final long limit;
    private OutputStream out;
    private long size;

    /** Appends to a file. */
    public RotatingLog(Path file) {
        this(file, DEFAULT_LIMIT);
    }

    RotatingLog(Path file, long limit) {
        this.file = file;
        this.limit = limit;
        try {
            this.out = open();
            this.size = Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The log " + file + " cannot be opened", e);
        }
    }

    /** Name of the file that a full log moves to. */
    public static Path previous(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /** Appends bytes and hands them to the operating system. Rotation falls only behind a line. */
    public synchronized void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        size += length;
        if (size >= limit && length > 0 && bytes[length - 1] == '\n') {
            rotate();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }

    private void rotate() throws IOException {
        out.close();
        Files.move(file, previous(file), StandardCopyOption.REPLACE_EXISTING);
        out = open();
        size = 0;
    }

    private OutputStream open() throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
