package quintet.retrieve.adapter.lucene;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import quintet.retrieve.port.PassageWriter;
import quintet.retrieve.port.StoredVectors;
import quintet.retrieve.port.StoredVectorsContract;

class LuceneStoredVectorsTest implements StoredVectorsContract {
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
    public StoredVectors stored() {
        return lucene.storedVectors();
    }

    @Override
    public PassageWriter writer() {
        return lucene.writer();
    }
}
