package quintet.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalSetTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeASet() throws IOException {
        Files.createDirectories(folder.resolve("qrels"));
        Files.writeString(folder.resolve("corpus.jsonl"), """
                {"_id": "d1", "title": "One", "text": "first"}
                {"_id": "d2", "text": "second"}
                {"_id": "d3", "text": " "}
                """);
        Files.writeString(
                folder.resolve("queries.jsonl"),
                IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> "{\"_id\": \"q%d\", \"text\": \"query %d\"}".formatted(i, i))
                        .collect(Collectors.joining("\n")));
        Files.writeString(
                folder.resolve("qrels/test.tsv"),
                "query-id\tcorpus-id\tscore\nq1\td1\t3\nq1\td2\t0\nq2\td2\t1\nq3\td1\t1\nq4\td9\t0\n");
    }

    @Test
    void readsDocumentsQueriesAndGrades() throws IOException {
        RetrievalSet set = RetrievalSet.read(folder);

        assertThat(set.documents())
                .containsExactly(
                        new RetrievalSet.Text("d1", "One", "first"), new RetrievalSet.Text("d2", "", "second"));
        assertThat(set.queries())
                .extracting(RetrievalSet.Query::id)
                .as("queries without a relevant document are left out")
                .containsExactly("q1", "q2", "q3");
        assertThat(set.queries().getFirst().grades()).isEqualTo(Map.of("d1", 3));
    }

    @Test
    void drawsTheSameQueriesEachTime() throws IOException {
        RetrievalSet set = RetrievalSet.read(folder);

        List<RetrievalSet.Query> drawn = set.sample(2, 7).queries();

        assertThat(drawn).hasSize(2).isEqualTo(set.sample(2, 7).queries());
        assertThat(set.queries()).containsAll(drawn);
        assertThat(set.sample(3, 7).queries()).isEqualTo(set.queries());
    }

    @Test
    void knowsWhereASetIs() {
        assertThat(RetrievalSet.isIn(folder)).isTrue();
        assertThat(RetrievalSet.isIn(folder.resolve("qrels"))).isFalse();
    }
}
