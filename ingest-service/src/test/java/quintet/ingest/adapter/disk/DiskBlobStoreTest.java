package quintet.ingest.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.ingest.model.Blob;

class DiskBlobStoreTest {
    private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    private DiskBlobStore store;

    @BeforeEach
    void open() {
        store = new DiskBlobStore(() -> folder);
    }

    @Test
    void storesBytesByTheirHash() throws IOException {
        Blob blob = store.store(bytes("abc"), 3, stored -> stored);
        assertThat(blob).isEqualTo(new Blob(SHA256_OF_ABC, 3));
        assertThat(store.path(SHA256_OF_ABC)).hasContent("abc");
        store.store(bytes("abc"), 3, stored -> stored);
        assertThat(store.storedBefore(Instant.now().plusSeconds(1))).containsExactly(SHA256_OF_ABC);
        assertThat(leftovers()).isZero();
    }

    @Test
    void refusesNothingAndTooMuchAndKeepsNeither() throws IOException {
        assertThat(refusal(bytes("")).reason()).isEqualTo("EMPTY_FILE");
        assertThat(refusal(bytes("abcd")).reason()).isEqualTo("FILE_TOO_LARGE");
        assertThat(store.storedBefore(Instant.now().plusSeconds(1))).isEmpty();
        assertThat(leftovers()).isZero();
    }

    @Test
    void forgetsUploadsThatBreakOff() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client is gone");
            }
        };
        assertThat(refusal(broken).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
        assertThat(leftovers()).isZero();
    }

    @Test
    void cleansUpWhatACrashLeftBehind() throws IOException {
        Files.writeString(folder.resolve("incoming/upload-1.part"), "half");
        open();
        assertThat(leftovers()).isZero();
    }

    @Test
    void deletesOnlyWhatIsUnused() {
        store.store(bytes("abc"), 3, stored -> stored);
        assertThat(store.deleteIf(SHA256_OF_ABC, () -> false)).isFalse();
        assertThat(store.deleteIf(SHA256_OF_ABC, () -> true)).isTrue();
        assertThat(catchThrowableOfType(Failure.class, () -> store.path(SHA256_OF_ABC))
                        .reason())
                .isEqualTo("BLOB_MISSING");
    }

    private Failure refusal(InputStream content) {
        return catchThrowableOfType(Failure.class, () -> store.store(content, 3, stored -> stored));
    }

    private long leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("incoming"))) {
            return files.count();
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes());
    }
}
