package quintet.embed.adapter.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.InputSide;
import quintet.embed.model.UnitVector;
import quintet.embed.model.Urgency;
import quintet.failure.Failure;

class WordEmbeddingModelTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    private Path folder;

    private WordEmbeddingModel model;

    @BeforeEach
    void load() throws IOException {
        Files.writeString(folder.resolve("vectors.txt"), "cat 1 0\ndog 0 1\n");
        model = new WordEmbeddingModel(folder, meters);
    }

    @Test
    void hasOneDimensionMoreThanItsWords() {
        assertThat(model.ref().dimension()).isEqualTo(3);
        Embedding cat = embed("A cat!").embeddings().getFirst();
        assertThat(cat.vector()).isEqualTo(new UnitVector(1, 0, 0));
        assertThat(cat.tokenCount()).isEqualTo(2);
    }

    @Test
    void refusesATextWithoutAKnownWord() {
        assertThatThrownBy(() -> embed("cat", "xyz 12"))
                .hasMessage("text 1 has no vector: none of the text's 2 words is known to the model")
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.reason()).isEqualTo("NO_KNOWN_WORD");
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID_INPUT);
                });
    }

    @Test
    void keepsAPassageWithoutAKnownWordAwayFromEveryQuery() {
        EmbedResult result = model.embedWhenRoom(List.of("cat", "xyz 12", "dog"));
        assertThat(result.embeddings())
                .extracting(Embedding::vector)
                .containsExactly(new UnitVector(1, 0, 0), new UnitVector(0, 0, 1), new UnitVector(0, 1, 0));
        assertThat(meters.counter("quintet.embed.unknown.passages").count()).isEqualTo(1);
    }

    @Test
    void givesTheSameVectorOnBothWays() {
        assertThat(embed("cat and dog").embeddings())
                .isEqualTo(model.embedWhenRoom(List.of("cat and dog")).embeddings());
    }

    private EmbedResult embed(String... texts) {
        return model.embed(EmbedRequest.of(List.of(texts), InputSide.PASSAGE), Urgency.INTERACTIVE)
                .await()
                .indefinitely();
    }
}
