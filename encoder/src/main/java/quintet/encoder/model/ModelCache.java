package quintet.encoder.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A folder of files that were unpacked or made once and are then loaded by path. A file appears by an atomic rename, after its
 * bytes are on the disk: what is there is whole, whoever else writes and whenever the power fails.
 */
public final class ModelCache {
    private final Path folder;

    /** Uses a folder, which is created when the first file comes. */
    public ModelCache(Path folder) {
        this.folder = folder;
    }

    /** Writes a file. */
    @FunctionalInterface
    public interface Writer {
        /** Writes to {@code file}, which does not exist yet. */
        void write(Path file) throws IOException;
    }

    /** Returns the path of the file of that name, which may name a subfolder, made by {@code writer} unless it is there. */
    public Path file(String name, Writer writer) {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)) {
            return file;
        }
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            Path made = folder.resolve(name + "." + ProcessHandle.current().pid() + "." + System.nanoTime() + ".tmp");
            try {
                writer.write(made);
                try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                return Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                var _ = Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            throw new ModelException(
                    "could not write %s, is the folder writable and the disk not full? (%s)".formatted(file, e), e);
        }
    }

    /** Returns the path of the file of that name, copied from {@code source} unless it is there. */
    public Path copy(String name, Source source) {
        return file(name, made -> {
            try (InputStream in = source.open();
                    OutputStream out = Channels.newOutputStream(
                            FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                var _ = in.transferTo(out);
            }
        });
    }

    /** Where bytes come from. */
    @FunctionalInterface
    public interface Source {
        /** Opens the bytes from their beginning. */
        InputStream open() throws IOException;
    }
}
