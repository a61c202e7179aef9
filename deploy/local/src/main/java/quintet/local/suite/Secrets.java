package quintet.local.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import quintet.local.process.PrivateFiles;

/** Passwords of a data folder: random, made on first use, in files of mode 0600. */
final class Secrets {
    private static final int BYTES = 24;

    private final Path folder;

    Secrets(Path folder) {
        this.folder = folder;
    }

    /** The file with the password of a name, for a program that reads it there. */
    Path file(String name) {
        var _ = password(name);
        return folder.resolve(name).toAbsolutePath();
    }

    /** The password of a name, always the same. */
    String password(String name) {
        Path file = folder.resolve(name);
        try {
            if (!Files.exists(file)) {
                PrivateFiles.ensureFolder(folder);
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                PrivateFiles.replace(file, HexFormat.of().formatHex(random));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The password in " + file + " can't be read", e);
        }
    }
}
