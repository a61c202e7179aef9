package quintet.modelserver.adapter.llama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Says in a sentence why a shared library could not be loaded; the system itself tells Java only that it could not. */
final class LoadProblem {
    private static final List<Path> LIBRARY_FOLDERS = List.of(
            Path.of("/lib"), Path.of("/lib64"), Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

    private LoadProblem() {}

    static String describe(Path file) {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        if (linux && !isInstalled("libgomp.so.1", LIBRARY_FOLDERS)) {
            return "llama.cpp needs libgomp, GNU's OpenMP library, which is not installed: sudo apt install libgomp1"
                    + " (Debian, Ubuntu), sudo dnf install libgomp (Fedora, RHEL)";
        }
        return "The library %s can't be loaded: it is for another platform, or a library that it needs is missing (ldd %s tells which)"
                .formatted(file, file);
    }

    /** Looks for a library in folders and, as Debian has them, their sub-folders for an architecture. */
    static boolean isInstalled(String library, List<Path> folders) {
        return folders.stream().filter(Files::isDirectory).anyMatch(folder -> {
            if (Files.exists(folder.resolve(library))) {
                return true;
            }
            try (Stream<Path> inside = Files.list(folder)) {
                return inside.anyMatch(sub -> Files.exists(sub.resolve(library)));
            } catch (IOException _) {
                return false;
            }
        });
    }
}
