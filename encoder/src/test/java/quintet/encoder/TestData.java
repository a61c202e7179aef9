package quintet.encoder;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Real data beside the repository; tests that need it are skipped where it is absent. */
public final class TestData {
    private TestData() {}

    /** Returns a file or folder of the shared data, or skips the test. */
    public static Path shared(String path) {
        String root = Optional.ofNullable(System.getProperty("quintet.shared.data"))
                .or(() -> Optional.ofNullable(System.getenv("QUINTET_SHARED_DATA")))
                .orElse("../../shared/data");
        Path file = Path.of(root).resolve(path);
        assumeTrue(
                Files.exists(file),
                () -> "skipped: %s is absent, name its root in QUINTET_SHARED_DATA".formatted(file));
        return file;
    }
}
