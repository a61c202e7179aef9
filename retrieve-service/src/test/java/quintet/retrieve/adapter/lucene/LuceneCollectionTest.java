package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.port.PassageView;

class LuceneCollectionTest {
    private static final String TEXT = "parking is free";

    @TempDir
    Path folder;

    private Path inUse() {
        return folder.resolve(COLLECTION.value()).resolve("in-use");
    }

    private void write() {
        try (LuceneFixture lucene = new LuceneFixture(folder)) {
            DocumentPart part = whole(ref("a", 1), "the dental plan covers two cleanings", TEXT);
            assertThat(lucene.writer().put(part.ref(), List.of(part)).version()).isEqualTo(1);
            assertThat(inUse()).exists();
        }
    }

    /** Changes a bit of a vector, which nothing looks at when an index is opened. */
    private void damage() throws IOException {
        float[] vector = vector(TEXT).toArray();
        byte[] wanted = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(vector[0])
                .putFloat(vector[1])
                .array();
        try (Stream<Path> files = Files.list(folder.resolve(COLLECTION.value()))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".cfs")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; i < bytes.length - 8; i++) {
                    if (Arrays.equals(bytes, i, i + 8, wanted, 0, 8)) {
                        bytes[i] ^= 1;
                    }
                }
                Files.write(file, bytes);
            }
        }
    }

    private void open() {
        try (LuceneFixture lucene = new LuceneFixture(folder);
                PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            assertThat(view.model()).isPresent();
        }
    }

    @Test
    void leavesNoMarkBehindWhenItIsClosed() {
        write();
        assertThat(inUse()).doesNotExist();
    }

    @Test
    void opensAfterACrashIfAllChecksumsAreRight() throws IOException {
        write();
        Files.createFile(inUse());
        open();
    }

    @Test
    void refusesADamagedIndexAfterACrash() throws IOException {
        write();
        damage();
        open();
        Files.createFile(inUse());
        assertThatThrownBy(this::open)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("can not be opened")
                .hasMessageContaining("checksum");
    }
}
