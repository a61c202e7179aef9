package quintet.bench.retrieval;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Folders of indexes that are measured and thrown away. */
public final class Scratch {
    private Scratch() {}

    /** Returns a new empty folder. */
    public static Path create(Path parent) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(parent), "index");
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        var _ = Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
