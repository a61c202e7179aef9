package quintet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.EmbeddingKey;
import quintet.ingest.model.Findings;
import quintet.ingest.model.IngestEvent.ChunksCreated;
import quintet.ingest.port.VersionProgress.Prepared;

class ChunkEventsTest {
    private static final DocumentRef REF = DocumentRef.of("c", "d", 2);
    private static final Attributes GIVEN = new Attributes("a.txt", "Title", "", "", Map.of(), List.of());

    @Test
    void marksNothingOfAFirstVersion() {
        assertThat(unchanged(parts(GIVEN, Set.of(), "a", "b"))).isEmpty();
    }

    @Test
    void marksWhatIsTheSameWhereverItStandsNow() {
        Set<EmbeddingKey> before = keys(GIVEN, "a", "b", "c");
        assertThat(unchanged(parts(GIVEN, before, "new", "c", "b", "b", "other")))
                .containsExactly(1, 2, 3);
    }

    @Test
    void marksWithinEachOfManyParts() {
        String[] texts = new String[38];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "text " + i;
        }
        Set<EmbeddingKey> before = keys(GIVEN, texts);
        texts[20] = "changed";
        List<ChunksCreated> parts = parts(GIVEN, before, texts);
        assertThat(parts).extracting(part -> part.unchanged().size()).containsExactly(16, 15, 6);
        assertThat(parts.get(1).unchanged()).doesNotContain(20).contains(16, 31);
    }

    @Test
    void whatOnlyAccompaniesADocumentChangesNoVector() {
        Set<EmbeddingKey> before = keys(GIVEN, "a");
        Attributes moved =
                new Attributes("b.txt", "Title", "elsewhere", "text/html", Map.of("year", "2025"), List.of());
        assertThat(unchanged(parts(moved, before, "a"))).containsExactly(0);
    }

    @Test
    void aTitleIsPartOfEveryVectorAndAFileNameWhereThereIsNone() {
        assertThat(unchanged(
                        parts(new Attributes("a.txt", "Other", "", "", Map.of(), List.of()), keys(GIVEN, "a"), "a")))
                .isEmpty();
        Attributes untitled = new Attributes("a.txt", "", "", "", Map.of(), List.of());
        Attributes renamed = new Attributes("b.txt", "", "", "", Map.of(), List.of());
        assertThat(unchanged(parts(untitled, keys(untitled, "a"), "a"))).containsExactly(0);
        assertThat(unchanged(parts(renamed, keys(untitled, "a"), "a"))).isEmpty();
    }

    @Test
    void headingsArePartOfAVectorAndNeverMixWithTheText() {
        assertThat(EmbeddingKey.of("t", List.of("a"), "b"))
                .isEqualTo(EmbeddingKey.of("t", List.of("a"), "b"))
                .isNotEqualTo(EmbeddingKey.of("t", List.of("a", "b"), "b"))
                .isNotEqualTo(EmbeddingKey.of("t", List.of(), "a\0\0b"))
                .isNotEqualTo(EmbeddingKey.of("t", List.of(), "b"))
                .isNotEqualTo(EmbeddingKey.of("t\0a", List.of(), "b"));
    }

    private static List<Integer> unchanged(List<ChunksCreated> parts) {
        return parts.stream()
                .flatMap(part -> part.unchanged().stream())
                .sorted()
                .toList();
    }

    private static Set<EmbeddingKey> keys(Attributes given, String... texts) {
        return parts(given, Set.of(), texts).stream()
                .flatMap(part -> part.chunks().stream().map(part::embeddingKey))
                .collect(Collectors.toSet());
    }

    private static List<ChunksCreated> parts(Attributes given, Set<EmbeddingKey> embedded, String... texts) {
        List<Chunk> chunks = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            chunks.add(new Chunk(chunks.size(), all.length(), all.length() + text.length(), 0, 0, List.of("A"), 1));
            all.append(text).append('\n');
        }
        CleanText clean = new CleanText(all.toString(), List.of(), List.of());
        return ChunkEvents.of(REF, given, new Prepared(Findings.UNKNOWN, clean, () -> chunks, Instant.EPOCH), embedded);
    }
}
