package quintet.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkingSetTest {
    @TempDir
    private Path folder;

    @Test
    void readsQuestionsWithTheirExcerpts() throws IOException {
        Path corpora = Files.createDirectory(folder.resolve("corpora"));
        Files.writeString(corpora.resolve("a.md"), "zero one two");
        Files.writeString(corpora.resolve("b.md"), "other");
        Files.writeString(folder.resolve("questions_df.csv"), """
                question,references,corpus_id
                "What, ""exactly""?","[{""content"": ""one"", ""start_index"": 5, ""end_index"": 8}]",a
                Else?,"[{""content"": ""other"", ""start_index"": 0, ""end_index"": 5}]",b
                """);

        assertThat(ChunkingSet.isIn(folder)).isTrue();
        assertThat(ChunkingSet.read(folder, List.of("a")).questions())
                .containsExactly(new ChunkingSet.Question("What, \"exactly\"?", "a", List.of(new Span(5, 8))));
        ChunkingSet all = ChunkingSet.read(folder, List.of());
        assertThat(all.corpora()).extracting(ChunkingSet.Corpus::name).containsExactly("a", "b");
        assertThat(all.sample(1, 3).questions()).hasSize(1);
        assertThat(all.sample(1, 3)).isEqualTo(all.sample(1, 3));
    }
}
