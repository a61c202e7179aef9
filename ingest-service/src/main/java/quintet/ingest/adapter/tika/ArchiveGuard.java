package quintet.ingest.adapter.tika;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import quintet.failure.Failure;

/** Unpacks a file that is a ZIP inside into nothing, to see that it does not unpack to far more than its own size. */
final class ArchiveGuard {
    private static final int MAX_ENTRIES = 20_000;
    private static final long MAX_BYTES = 512L << 20;

    /** XML packs well, rarely better than this; small parts may. */
    private static final long MAX_RATIO = 150;

    private static final long SMALL_BYTES = 8L << 20;

    private ArchiveGuard() {}

    /** Fails with {@code ARCHIVE_BOMB} or {@code CORRUPT_FILE}. */
    static void check(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MAX_ENTRIES) {
                throw Failure.invalidInput(
                        "ARCHIVE_BOMB", "the file has %d parts inside, the limit is %d", zip.size(), MAX_ENTRIES);
            }
            long total = 0;
            byte[] buffer = new byte[64 * 1024];
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                total = unpack(zip, entries.nextElement(), buffer, total);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw Failure.invalidInput("CORRUPT_FILE", "the file can not be read; it may be damaged");
        }
    }

    private static long unpack(ZipFile zip, ZipEntry entry, byte[] buffer, long before) throws IOException {
        long size = 0;
        long packed = Math.max(1, entry.getCompressedSize());
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (before + size > MAX_BYTES || (size > SMALL_BYTES && size / packed > MAX_RATIO)) {
                    throw Failure.invalidInput(
                            "ARCHIVE_BOMB",
                            "the file unpacks to more than %d MiB or %d times its size, the limits",
                            MAX_BYTES >> 20,
                            MAX_RATIO);
                }
            }
        }
        return before + size;
    }
}
