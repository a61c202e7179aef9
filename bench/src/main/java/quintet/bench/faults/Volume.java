package quintet.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import quintet.bench.suite.SuiteException;

/**
 * A file system of limited size that a suite's data lie on, so that they have a disk quota that can be filled. It is held in memory: to
 * the processes on it that makes no difference as long as the machine itself runs on.
 */
final class Volume implements AutoCloseable {
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int SMALLEST_BLOCK_BYTES = 4096;

    private final Path folder;
    private final Path filler;

    private Volume(Path folder) {
        this.folder = folder;
        this.filler = folder.resolve("filler");
    }

    /** Mounts a volume on a folder; empty, having said why, where that is not allowed. */
    static Optional<Volume> mount(Path folder, int mebibytes, java.util.function.Consumer<String> why) {
        try {
            Files.createDirectories(folder);
            SystemCommand.run(
                    "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m,mode=700", "tmpfs", folder.toString());
            return Optional.of(new Volume(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SuiteException e) {
            why.accept(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Takes all the room that there is, also what was given back since the last call. */
    void fill() {
        try (FileChannel channel = FileChannel.open(
                filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (int size = BLOCK_BYTES; size >= SMALLEST_BLOCK_BYTES; ) {
                try {
                    ByteBuffer block = ByteBuffer.allocate(size);
                    if (channel.write(block) == 0) {
                        size /= 4;
                    }
                } catch (IOException full) {
                    size /= 4;
                }
            }
        } catch (IOException e) {
            // Not even the file could be made: it is full already.
            return;
        }
    }

    /** Gives the room back. */
    void release() {
        try {
            Files.deleteIfExists(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes it away with all that is on it. */
    @Override
    public void close() {
        SystemCommand.run("umount", "-l", folder.toString());
    }
}
