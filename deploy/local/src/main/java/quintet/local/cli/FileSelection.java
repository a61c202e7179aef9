package quintet.local.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which files are meant, and the id of each: its path below the folder that was named, so that it is the same every time. */
final class FileSelection {
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final int READABLE_PART = 100;
    private static final int HASH_BYTES = 6;

    private FileSelection() {}

    /**
     * Finds the files, by id.
     *
     * @throws IllegalArgumentException if two files would get the same id
     */
    static Map<String, Path> select(List<Path> paths) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Path path : paths) {
            Path base = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
            for (Path file : filesIn(path)) {
                Path relative = base == null || file.equals(path) ? file.getFileName() : base.relativize(file);
                Path other = files.put(id(relative), file);
                if (other != null && !Files.isSameFile(other, file)) {
                    throw new IllegalArgumentException(other + " and " + file + " would be the same document, "
                            + id(relative) + "; name the folder above both, or hand them to different collections");
                }
            }
        }
        return files;
    }

    /** An id is the path itself where that can be one; else a readable part of it and a hash of the whole. */
    static String id(Path relative) {
        String path = relative.toString().replace('\\', '/');
        if (PLAIN_ID.matcher(path).matches()) {
            return path;
        }
        String readable = path.replaceAll("[^A-Za-z0-9._-]+", "-");
        return readable.substring(0, Math.min(readable.length(), READABLE_PART)) + "-" + hash(path);
    }

    private static List<Path> filesIn(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> found = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(file -> !isHidden(path.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path name : relative) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
