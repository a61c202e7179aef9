package quintet.ingest.adapter.jsonl;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that holds the lines of one document at a time: however many there are, they take no memory. */
final class Spool implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final FileChannel channel;
    private OutputStream out;

    private Spool(FileChannel channel) {
        this.channel = channel;
        out = buffered(channel);
    }

    static Spool in(Path directory) {
        try {
            Path file = Files.createTempFile(directory, "document", ".part");
            return new Spool(FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw JsonlBundleFormat.noRoom(e);
        }
    }

    /** Forgets what was written. */
    void clear() {
        try {
            channel.truncate(0);
            channel.position(0);
            out = buffered(channel);
        } catch (IOException e) {
            throw JsonlBundleFormat.noRoom(e);
        }
    }

    /** Appends a line. */
    void write(byte[] line, int length) {
        try {
            out.write(line, 0, length);
            out.write('\n');
        } catch (IOException e) {
            throw JsonlBundleFormat.noRoom(e);
        }
    }

    /** Returns all that was written, from the beginning; closing it would close the spool. One at a time, and not beside writing. */
    InputStream read() {
        try {
            out.flush();
            channel.position(0);
            return Channels.newInputStream(channel);
        } catch (IOException e) {
            throw JsonlBundleFormat.noRoom(e);
        }
    }

    private static OutputStream buffered(FileChannel channel) {
        return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw JsonlBundleFormat.noRoom(e);
        }
    }
}
