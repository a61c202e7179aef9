package quintet.ingest.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes the service ask for keys. The key {@code acme-hr} is somebody of tenant acme in group hr, and so on. */
public class KeyFiles implements QuarkusTestResourceLifecycleManager {
    static final String SERVICE_KEY = "the services of this suite know each other by this";

    static final List<String> LINES = List.of(
            "# keys of a test",
            line("acme", "acme"),
            line("acme-hr", "acme hr,legal"),
            line("acme-all", "acme *"),
            line("globex", "globex"),
            line("globex-all", "globex *"),
            line("default-all", "default * operator"));

    /** The keys of callers. */
    static volatile Path file;

    private Path folder;

    static String line(String key, String rest) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash) + " " + rest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void write(List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("keys-test");
            file = folder.resolve("api-keys");
            write(LINES);
            Path service = Files.writeString(folder.resolve("service-key"), SERVICE_KEY + "\n");
            return Map.of(
                    "quintet.identity.api-keys-file", file.toString(),
                    "quintet.identity.service-key-file", service.toString(),
                    "quintet.identity.reread", "50ms");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
