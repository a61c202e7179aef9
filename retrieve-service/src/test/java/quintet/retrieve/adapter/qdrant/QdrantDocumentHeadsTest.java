package quintet.retrieve.adapter.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.whole;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.retrieve.model.ListedDocument;
import quintet.retrieve.port.DocumentHeads;
import quintet.retrieve.port.DocumentHeadsContract;
import quintet.retrieve.port.PassageWriter;

class QdrantDocumentHeadsTest implements DocumentHeadsContract {
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
    public DocumentHeads heads() {
        return qdrant.heads();
    }

    @Override
    public PassageWriter writer() {
        return qdrant.writer();
    }

    @Test
    void listsWhatIsWrittenBetweenTwoPages() {
        for (String id : List.of("a", "c")) {
            assertThat(writer().put(ref(id, 1), List.of(whole(ref(id, 1), "text")))
                            .version())
                    .isEqualTo(1);
        }
        assertThat(heads().page(COLLECTION, "", 1))
                .extracting(ListedDocument::documentId)
                .containsExactly("a");
        assertThat(writer().put(ref("b", 1), List.of(whole(ref("b", 1), "text")))
                        .version())
                .isEqualTo(1);
        assertThat(writer().remove(ref("c", 2)).deleted()).isTrue();
        assertThat(heads().page(COLLECTION, "a", 10))
                .extracting(
                        ListedDocument::documentId, document -> document.head().deleted())
                .containsExactly(tuple("b", false), tuple("c", true));
    }

    @Test
    void readsTheIdentifiersAgainInAProcessThatHasNotSeenTheFirstPage() {
        for (String id : List.of("a", "b")) {
            assertThat(writer().put(ref(id, 1), List.of(whole(ref(id, 1), "text")))
                            .version())
                    .isEqualTo(1);
        }
        try (QdrantFixture other = new QdrantFixture(server.url(), Map.of())) {
            assertThat(other.heads().page(COLLECTION, "a", 10))
                    .extracting(ListedDocument::documentId)
                    .containsExactly("b");
        }
    }
}
