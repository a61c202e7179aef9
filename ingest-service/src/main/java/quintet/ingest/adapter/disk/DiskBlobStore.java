package quintet.ingest.adapter.disk;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.Blob;
import quintet.ingest.port.BlobStore;

/**
 * {@link BlobStore} in a folder: {@code ab/abcdef…} by SHA-256, written beside, synced, renamed, and the folder synced, so
 * that a name that exists holds all of its bytes. One process owns the folder.
 */
@ApplicationScoped
@Startup
class DiskBlobStore implements BlobStore {
    private static final Logger LOG = Logger.getLogger(DiskBlobStore.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path blobs;
    private final Path incoming;

    /** Uploads that make a blob part of a document share it; the sweeper has it alone while it deletes. */
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    DiskBlobStore(DiskBlobStoreConfig config) {
        Path directory = config.directory().toAbsolutePath().normalize();
        blobs = directory.resolve("blobs");
        incoming = directory.resolve("incoming");
        try {
            Files.createDirectories(blobs);
            Files.createDirectories(incoming);
            deleteLeftovers();
        } catch (IOException e) {
            throw new UncheckedIOException("QUINTET_DATA_DIR %s is not writable".formatted(directory), e);
        }
    }

    @Override
    public <T> T store(InputStream content, long maxBytes, Commit<T> commit) {
        Path upload = null;
        try {
            upload = Files.createTempFile(incoming, "upload", ".part");
            Blob blob = write(content, upload, maxBytes);
            inUse.readLock().lock();
            try {
                keep(upload, blob.sha256());
                return commit.commit(blob);
            } finally {
                inUse.readLock().unlock();
            }
        } catch (IOException e) {
            throw Failure.unavailable("BLOB_STORE_UNAVAILABLE", "the file could not be stored: " + e.getMessage(), e);
        } finally {
            deleteQuietly(upload);
        }
    }

    @Override
    public Path path(String sha256) {
        Path file = target(sha256);
        if (!Files.isRegularFile(file)) {
            throw Failure.unavailable("BLOB_MISSING", "the bytes of the document are not in the data folder", null);
        }
        return file;
    }

    @Override
    public boolean holds(String sha256) {
        return Files.exists(target(sha256));
    }

    @Override
    public List<String> storedBefore(Instant before) {
        try (Stream<Path> files = Files.walk(blobs, 2)) {
            return files.filter(
                            file -> Files.isRegularFile(file) && lastUse(file).isBefore(before))
                    .map(file -> file.getFileName().toString())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw Failure.unavailable("BLOB_STORE_UNAVAILABLE", "the data folder can not be read", e);
        }
    }

    @Override
    public boolean deleteIf(String sha256, Supplier<Boolean> unused) {
        inUse.writeLock().lock();
        try {
            return unused.get() && Files.deleteIfExists(target(sha256));
        } catch (IOException e) {
            throw Failure.unavailable("BLOB_STORE_UNAVAILABLE", "a file could not be deleted", e);
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private static Blob write(InputStream content, Path file, long maxBytes) throws IOException {
        MessageDigest sha256 = sha256();
        long size = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > maxBytes) {
                    throw Failure.invalidInput(
                            "FILE_TOO_LARGE", "the file has more than %d bytes, the limit", maxBytes);
                }
                sha256.update(buffer, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
        if (size == 0) {
            throw Failure.invalidInput("EMPTY_FILE", "the file has 0 bytes, must have at least 1");
        }
        return new Blob(HexFormat.of().formatHex(sha256.digest()), size);
    }

    private void keep(Path upload, String sha256) throws IOException {
        Path target = target(sha256);
        if (Files.exists(target)) {
            Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
            return;
        }
        Path folder = folder(sha256);
        if (Files.notExists(folder)) {
            Files.createDirectories(folder);
            sync(blobs);
        }
        Files.move(upload, target, StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path target(String sha256) {
        return folder(sha256).resolve(sha256);
    }

    private Path folder(String sha256) {
        return blobs.resolve(sha256.substring(0, 2));
    }

    private static Instant lastUse(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteLeftovers() throws IOException {
        try (Stream<Path> files = Files.list(incoming)) {
            files.forEach(DiskBlobStore::deleteQuietly);
        }
    }

    private static void deleteQuietly(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warnf(e, "temporary file %s stays", file);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
