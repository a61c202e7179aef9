package quintet.retrieve.adapter.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.port.PassageView;

class LuceneCollectionTest {
    @TempDir
    Path folder;

    private Path inUse() {
        return folder.resolve(COLLECTION.value()).resolve("in-use");
    }

    private void write() {
        try (LuceneFixture lucene = new LuceneFixture(folder)) {
            DocumentPart part = whole(ref("a", 1), "the dental plan covers two cleanings", "parking is free");
            assertThat(lucene.writer().put(part.ref(), List.of(part)).version()).isEqualTo(1);
            assertThat(inUse()).exists();
        }
    }

    /** Changes a byte in the middle of every file that Lucene reads only in part. */
    private void damage() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(COLLECTION.value()))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".cfs")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
        }
    }

    private void open() {
        try (LuceneFixture lucene = new LuceneFixture(folder);
                PassageView view = await(lucene.index().open(COLLECTION))) {
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
        Files.createFile(inUse());
        damage();
        assertThatThrownBy(this::open)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("can not be opened")
                .hasMessageContaining("checksum");
    }
}
