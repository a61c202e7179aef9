package quintet.ingest.adapter.jsonl;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.ingest.model.BundleManifest;
import quintet.ingest.port.BundleFormat;

/**
 * {@link BundleFormat} as gzipped JSON Lines, which anything that reads JSON can read too, from the first line to the last. Each
 * line is bounded, a document is complete before the next begins, and the last line tells counts and the hash of all before.
 */
@ApplicationScoped
@Startup
class JsonlBundleFormat implements BundleFormat {
    private static final Logger LOG = Logger.getLogger(JsonlBundleFormat.class);
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path directory;

    JsonlBundleFormat(BundleConfig config) {
        directory = config.directory().toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
            try (Stream<Path> leftovers = Files.list(directory)) {
                leftovers.forEach(JsonlBundleFormat::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("QUINTET_DATA_DIR %s is not writable".formatted(directory), e);
        }
    }

    @Override
    public Writing write(OutputStream out, BundleManifest manifest) throws IOException {
        return new BundleWriter(out, manifest, Spool.in(directory));
    }

    @Override
    public Received receive(InputStream body, long maxBytes) throws IOException {
        Path file = temporary("bundle");
        try {
            store(body, file, maxBytes);
            return new ReceivedFile(file);
        } catch (IOException | RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    private static void store(InputStream body, Path file, long maxBytes) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                size += read;
                if (size > maxBytes) {
                    throw Failure.invalidInput(
                            "BUNDLE_TOO_LARGE", "the bundle has more than %d bytes, the limit", maxBytes);
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private Path temporary(String prefix) {
        try {
            return Files.createTempFile(directory, prefix, ".part");
        } catch (IOException e) {
            throw noRoom(e);
        }
    }

    static Failure noRoom(IOException e) {
        return Failure.unavailable(
                "BUNDLE_NOT_STORED", "the bundle could not be kept in the data folder: " + e.getMessage(), e);
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf(e, "temporary file %s stays", file);
        }
    }

    /** A bundle in a file of its own. */
    private record ReceivedFile(Path file) implements Received {
        @Override
        public Reading read() {
            return new BundleReader(file, Spool.in(file.resolveSibling("")));
        }

        @Override
        public void close() {
            delete(file);
        }
    }
}
