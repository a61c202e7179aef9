package quintet.modelserver.adapter.llama;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import quintet.modelserver.port.ModelUnusableException;

/** The shared library of llama.cpp: the one that ships inside a jar, unpacked once, or one named by its path. */
final class LibraryFile {
    private LibraryFile() {}

    /**
     * Returns where it lies.
     *
     * @param own a library of one's own
     * @param cache folder for the shipped one
     */
    static Path find(Optional<Path> own, Path cache) {
        if (own.isPresent()) {
            Path file = own.get().toAbsolutePath();
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new ModelUnusableException(
                        "The library %s can't be read; --llama-library names llama.cpp's libllama.so itself"
                                .formatted(file));
            }
            return file;
        }
        return unpack(resource(System.getProperty("os.name"), System.getProperty("os.arch")), cache);
    }

    /** Returns the name of the shipped library for a platform. */
    static String resource(String system, String architecture) {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm = architecture.equals("aarch64");
        boolean intel = architecture.equals("amd64") || architecture.equals("x86_64");
        if (os.contains("linux") && (arm || intel)) {
            return "de/kherud/llama/Linux/%s/libjllama.so".formatted(arm ? "aarch64" : "x86_64");
        }
        if (os.contains("mac") && (arm || intel)) {
            return "de/kherud/llama/Mac/%s/libjllama.dylib".formatted(arm ? "aarch64" : "x86_64");
        }
        throw new ModelUnusableException(
                "No llama.cpp ships for %s on %s; name one with --llama-library, or let another server run the model"
                                .formatted(system, architecture)
                        + " and name that with --model-server");
    }

    private static Path unpack(String resource, Path cache) {
        try (InputStream in = LibraryFile.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new ModelUnusableException(
                        "The library %s is missing from this installation; build it again".formatted(resource));
            }
            byte[] content = in.readAllBytes();
            Path name = Path.of(resource).getFileName();
            // The name tells the content, so a file that is there is the right one and whole.
            Path file = cache.resolve("llama-" + sha256(content)).resolve(name);
            if (Files.exists(file)) {
                return file;
            }
            Files.createDirectories(file.resolveSibling("."));
            Path draft = Files.createTempFile(file.resolveSibling("."), "draft", ".tmp");
            Files.write(draft, content);
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ModelUnusableException("llama.cpp's library can't be unpacked into %s".formatted(cache), e);
        }
    }

    private static String sha256(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
