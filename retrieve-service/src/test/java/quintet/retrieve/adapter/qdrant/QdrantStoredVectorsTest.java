package quintet.retrieve.adapter.qdrant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import quintet.retrieve.port.PassageWriter;
import quintet.retrieve.port.StoredVectors;
import quintet.retrieve.port.StoredVectorsContract;

class QdrantStoredVectorsTest implements StoredVectorsContract {
    private QdrantServer server;
    private QdrantFixture qdrant;

    @BeforeEach
    void open() {
        server = new QdrantServer();
        qdrant = new QdrantFixture(server);
    }

    @AfterEach
    void close() {
        qdrant.close();
        server.close();
    }

    @Override
    public StoredVectors stored() {
        return qdrant.storedVectors();
    }

    @Override
    public PassageWriter writer() {
        return qdrant.writer();
    }
}
