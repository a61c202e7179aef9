package quintet.retrieve.adapter.lucene;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import quintet.retrieve.port.DocumentHeads;
import quintet.retrieve.port.DocumentHeadsContract;
import quintet.retrieve.port.PassageWriter;

class LuceneDocumentHeadsTest implements DocumentHeadsContract {
    @TempDir
    Path folder;

    private LuceneFixture lucene;

    @BeforeEach
    void open() {
        lucene = new LuceneFixture(folder);
    }

    @AfterEach
    void close() {
        lucene.close();
    }

    @Override
    public DocumentHeads heads() {
        return new LuceneDocumentHeads(lucene.collections());
    }

    @Override
    public PassageWriter writer() {
        return lucene.writer();
    }
}
