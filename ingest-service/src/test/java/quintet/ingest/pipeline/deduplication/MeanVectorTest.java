package quintet.ingest.pipeline.deduplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.DocumentVector;
import quintet.ingest.model.Findings;
import quintet.ingest.port.TextEmbedder;
import quintet.ingest.port.TextEmbedder.Embeddings;
import quintet.ingest.port.VersionProgress.Prepared;

class MeanVectorTest {
    private static final String TEXT = "0123456789abcdefghijklmnopqrstuv";

    @Test
    void looksAtEveryPartOfALongDocument() {
        assertThat(embedded(32)).containsExactly("0", "4", "8", "c", "g", "k", "o", "s");
        assertThat(embedded(3)).containsExactly("0", "1", "2");
    }

    private static List<String> embedded(int chunks) {
        List<String> seen = new ArrayList<>();
        var _ = vectors(texts -> {
                    seen.addAll(texts);
                    return same(texts, 1);
                })
                .of(prepared(TEXT, chunks, 1));
        return seen;
    }

    @Test
    void isTheNormalisedMean() {
        DocumentVector vector = vectors(_ -> new Embeddings("m@1", List.of(new float[] {1, 0}, new float[] {0, 1})))
                .of(prepared(TEXT, 2, 1));
        assertThat(vector.model()).isEqualTo("m@1");
        assertThat(vector.toArray()).containsExactly((float) Math.sqrt(0.5), (float) Math.sqrt(0.5));
    }

    @Test
    void cutsWhatDoesNotFitTheWindow() {
        int window = 100;
        List<Integer> lengths = new ArrayList<>();
        var _ = vectors(texts -> {
                    if (texts.stream().anyMatch(text -> text.length() > window)) {
                        throw Failure.invalidInput(TextEmbedder.TOO_LONG, "a text is too long");
                    }
                    texts.forEach(text -> lengths.add(text.length()));
                    return same(texts, 1);
                })
                .of(prepared("x".repeat(3 * window), 1, 3 * window));
        assertThat(lengths).containsExactly(75);
    }

    @Test
    void anAnswerThatHoldsNoUnitVectorsIsAnOutage() {
        assertThatThrownBy(() -> vectors(texts -> same(texts, 0)).of(prepared(TEXT, 2, 1)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("EMBEDDING_UNAVAILABLE"));
    }

    private static Embeddings same(List<String> texts, float value) {
        return new Embeddings(
                "m@1", texts.stream().map(_ -> new float[] {value}).toList());
    }

    private static MeanVector vectors(TextEmbedder embedder) {
        return new MeanVector(embedder, TestConfigs.of(DeduplicationConfig.class, Map.of()));
    }

    /** A text of chunks that lie side by side. */
    private static Prepared prepared(String text, int chunks, int length) {
        return new Prepared(
                Findings.UNKNOWN,
                new CleanText(text, List.of(), List.of()),
                () -> IntStream.range(0, chunks)
                        .mapToObj(i -> new Chunk(i, i * length, (i + 1) * length, 0, 0, List.of(), 1))
                        .toList(),
                Instant.EPOCH);
    }
}
