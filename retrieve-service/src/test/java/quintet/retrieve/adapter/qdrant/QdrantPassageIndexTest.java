package quintet.retrieve.adapter.qdrant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import quintet.retrieve.port.FilterContract;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageIndexContract;
import quintet.retrieve.port.PassageWriter;

class QdrantPassageIndexTest implements PassageIndexContract, FilterContract {
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
    public PassageIndex index() {
        return qdrant.index();
    }

    @Override
    public PassageWriter writer() {
        return qdrant.writer();
    }
}
