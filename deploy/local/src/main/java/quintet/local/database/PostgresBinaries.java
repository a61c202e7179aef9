package quintet.local.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;
import quintet.local.part.PartFailedException;

/** PostgreSQL's programs: unpacked once from the archive on the class path, which the build chose by platform. */
final class PostgresBinaries {
    private static final Set<PosixFilePermission> EXECUTABLE = EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /** Unpacks into a folder unless it is there; whoever else does the same at the same time does no harm. */
    static PostgresBinaries unpack(Path folder) throws PartFailedException {
        if (!Files.isDirectory(folder)) {
            Path draft = folder.resolveSibling(
                    folder.getFileName() + "." + ProcessHandle.current().pid());
            try (InputStream archive = open()) {
                extract(archive, draft);
                Files.move(draft, folder);
            } catch (IOException e) {
                if (!Files.isDirectory(folder)) {
                    throw new PartFailedException("PostgreSQL can't be unpacked into " + folder + ": " + e, e);
                }
            }
        }
        return new PostgresBinaries(folder);
    }

    /** One of its programs. */
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static InputStream open() throws PartFailedException {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        String name = "/postgres-" + os + "-" + arch + ".txz";
        InputStream archive = PostgresBinaries.class.getResourceAsStream(name);
        if (archive == null) {
            throw new PartFailedException(
                    "There are no PostgreSQL programs for " + os + " on " + arch
                            + " here; name a database of your own: ./quintet up --postgres postgresql://user:password@host/database");
        }
        return archive;
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (@Nullable TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The archive wants to write to " + path);
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(path, EXECUTABLE);
                    }
                }
            }
        }
    }
}
