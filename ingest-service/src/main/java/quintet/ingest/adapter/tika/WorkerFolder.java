package quintet.ingest.adapter.tika;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a worker's temporary files lie, readable by nobody else. */
final class WorkerFolder {
    private WorkerFolder() {}

    static Path create() throws IOException {
        return Files.createTempDirectory("quintet-parser");
    }

    /** Removes the folder with what is in it; what is written meanwhile stays. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
