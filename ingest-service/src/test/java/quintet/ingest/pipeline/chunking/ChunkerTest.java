package quintet.ingest.pipeline.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quintet.ingest.pipeline.chunking.StructureChunkerTest.WORDS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quintet.failure.Failure;
import quintet.ingest.model.Block;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkContext;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.ChunkingStrategy;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.CleanText.TextBlock;
import quintet.ingest.pipeline.cleaning.TextCleaner;
import quintet.ingest.port.TextEmbedder;

/** What every strategy promises, and what is special to each. */
class ChunkerTest {
    /** A direction of the plane for the first word of each text: texts that begin alike are alike. */
    private static final TextEmbedder BY_FIRST_WORD = texts -> new TextEmbedder.Embeddings(
            "first-words@1",
            texts.stream()
                    .map(text -> {
                        double angle = text.split("\\s", 2)[0].hashCode() % 7;
                        return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
                    })
                    .toList());

    private static Chunker chunker(ChunkingSettings settings) {
        return CollectionChunker.chunker(settings, WORDS, BY_FIRST_WORD);
    }

    private static ChunkingSettings settings(ChunkingStrategy strategy, int max, int parent) {
        return new ChunkingSettings(strategy, Math.max(16, max * 3 / 4), max, 0, 2, 80, parent);
    }

    @ParameterizedTest
    @EnumSource(ChunkingStrategy.class)
    void keepsItsPromisesForAnyText(ChunkingStrategy strategy) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("ChunkerTest %s seed=%d%n", strategy, seed);
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            int max = 32 + random.nextInt(200);
            int overlap = random.nextBoolean() ? 0 : random.nextInt(16);
            ChunkingSettings settings = new ChunkingSettings(
                    strategy,
                    16 + random.nextInt(200),
                    max,
                    overlap,
                    random.nextInt(5),
                    50 + random.nextInt(50),
                    max + random.nextInt(400));
            CleanText text = TextCleaner.clean(List.of(StructureChunkerTest.randomBlocks(random)));
            List<Chunk> chunks = chunker(settings).chunk(text);
            String description = "seed %d, round %d, %s".formatted(seed, round, settings);
            StructureChunkerTest.check(text, chunks, max, description);
            checkContexts(text, chunks, settings, description);
            checkTables(text, chunks, max - overlap, description);
        }
    }

    private static void checkContexts(
            CleanText text, List<Chunk> chunks, ChunkingSettings settings, String description) {
        for (Chunk chunk : chunks) {
            ChunkContext context = chunk.context();
            if (context != null) {
                assertThat(context.start()).as(description).isLessThanOrEqualTo(chunk.start());
                assertThat(context.end()).as(description).isGreaterThanOrEqualTo(chunk.end());
                assertThat(context.textIn(text))
                        .as(description)
                        .isEqualTo(context.textIn(text).strip());
                assertThat(context.page()).as(description).isEqualTo(text.pageAt(context.start()));
                assertThat(WORDS.tokenStarts(context.textIn(text)).length)
                        .as(description)
                        .isLessThanOrEqualTo(settings.parentTokens() + settings.maxTokens());
            }
        }
        boolean withContext = settings.strategy() == ChunkingStrategy.PARENT_CHILD
                || settings.strategy() == ChunkingStrategy.SENTENCE_WINDOW;
        assertThat(withContext || chunks.stream().allMatch(chunk -> chunk.context() == null))
                .as(description)
                .isTrue();
    }

    /** A table that fits is in one chunk; a row of one that does not has the first row above it. */
    private static void checkTables(CleanText text, List<Chunk> chunks, int max, String description) {
        for (int from = 0; from < text.blocks().size(); ) {
            int to = from;
            while (to < text.blocks().size() && text.blocks().get(to).kind() == Block.Kind.TABLE_ROW) {
                to++;
            }
            if (to == from) {
                from++;
                continue;
            }
            List<TextBlock> rows = text.blocks().subList(from, to);
            int start = rows.getFirst().start();
            int end = rows.getLast().end();
            boolean fits =
                    end - start <= max * 10 && WORDS.tokenStarts(text.text().substring(start, end)).length <= max;
            if (fits) {
                assertThat(chunks).as(description).anyMatch(chunk -> chunk.start() <= start && end <= chunk.end());
            } else {
                String header = text.textOf(rows.getFirst());
                assertThat(chunks)
                        .as(description)
                        .filteredOn(chunk -> chunk.start() > rows.getFirst().end() && chunk.end() <= end)
                        .allMatch(chunk ->
                                header.startsWith(chunk.sectionPath().getLast().replace("…", "")));
            }
            from = to;
        }
    }

    @ParameterizedTest
    @EnumSource(ChunkingStrategy.class)
    void makesNothingOfNothing(ChunkingStrategy strategy) {
        assertThat(chunker(ChunkingSettings.of(strategy)).chunk(TextCleaner.clean(List.of())))
                .isEmpty();
    }

    @Test
    void recursiveFillsChunksUpWithParagraphs() {
        CleanText text =
                clean(paragraph("One", 20), paragraph("Two", 20), paragraph("Three", 20), paragraph("Four", 90));
        List<Chunk> chunks =
                chunker(settings(ChunkingStrategy.RECURSIVE, 50, 50)).chunk(text);
        assertThat(chunks.get(0).textIn(text)).startsWith("One").contains("Two").doesNotContain("Three");
        assertThat(chunks.get(1).textIn(text)).startsWith("Three").doesNotContain("Four");
        assertThat(chunks).hasSize(4);
    }

    @Test
    void headingMakesASectionAChunkAndCutsOnlyLongOnes() {
        CleanText text = clean(
                Block.heading(1, "Book", 0),
                Block.heading(2, "Short", 0),
                paragraph("One", 10),
                paragraph("Two", 10),
                Block.heading(2, "Long", 0),
                paragraph("Three", 60),
                paragraph("Four", 60));
        List<Chunk> chunks = chunker(settings(ChunkingStrategy.HEADING, 80, 80)).chunk(text);
        assertThat(chunks)
                .extracting(Chunk::sectionPath)
                .containsExactly(List.of("Book", "Short"), List.of("Book", "Long"), List.of("Book", "Long"));
        assertThat(chunks.get(0).textIn(text))
                .startsWith("Book")
                .contains("One")
                .contains("Two");
    }

    @Test
    void sentenceWindowMatchesAFewSentencesAndShowsThoseAroundThem() {
        CleanText text = clean(
                Block.heading(1, "First", 0), paragraph("One", 90), Block.heading(1, "Second", 0), paragraph("Two", 9));
        List<Chunk> chunks =
                chunker(settings(ChunkingStrategy.SENTENCE_WINDOW, 40, 200)).chunk(text);
        assertThat(chunks).hasSize(11);
        Chunk middle = chunks.get(5);
        assertThat(middle.tokenCount()).isEqualTo(10);
        assertThat(middle.context().textIn(text).split("\\.")).hasSize(5);
        assertThat(chunks).allSatisfy(chunk -> {
            if (chunk.context() != null) {
                assertThat(chunk.context().textIn(text)).doesNotContain("Second");
            }
        });
    }

    @Test
    void semanticCutsWhereTheMeaningChanges() {
        Block[] blocks = IntStream.range(0, 30)
                .mapToObj(i -> paragraph(i < 10 ? "Apples" : i < 20 ? "Taxes" : "Ships", 18))
                .toArray(Block[]::new);
        CleanText text = clean(blocks);
        List<Chunk> chunks = CollectionChunker.chunker(
                        new ChunkingSettings(ChunkingStrategy.SEMANTIC, 200, 400, 0, 0, 90, 400), WORDS, BY_FIRST_WORD)
                .chunk(text);
        assertThat(chunks)
                .extracting(chunk -> chunk.textIn(text).split("\\s", 2)[0])
                .containsExactly("Apples", "Taxes", "Ships");
    }

    @Test
    void semanticNeverTurnsIntoAnotherStrategyWhenThereAreNoEmbeddings() {
        TextEmbedder down = _ -> {
            throw Failure.unavailable("EMBEDDING_UNAVAILABLE", "down for a test", null);
        };
        Chunker semantic = CollectionChunker.chunker(ChunkingSettings.of(ChunkingStrategy.SEMANTIC), WORDS, down);
        CleanText text = clean(paragraph("One", 90), paragraph("Two", 90));
        assertThatThrownBy(() -> semantic.chunk(text))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.kind().retryable()).isTrue());
    }

    @Test
    void childrenOfOneParentAreReadWithinIt() {
        CleanText text = clean(paragraph("One", 90), paragraph("Two", 90), paragraph("Three", 90));
        List<Chunk> chunks =
                chunker(settings(ChunkingStrategy.PARENT_CHILD, 40, 133)).chunk(text);
        assertThat(chunks.stream().map(Chunk::context).distinct()).hasSize(3);
        assertThat(chunks).hasSizeGreaterThanOrEqualTo(6);
        assertThat(chunks.getFirst().context().textIn(text)).startsWith("One").doesNotContain("Two");
    }

    @Test
    void rowsOfALongTableHaveItsHeaderAboveThem() {
        List<Block> blocks = new ArrayList<>(List.of(Block.heading(1, "Prices", 0)));
        blocks.add(Block.of(Block.Kind.TABLE_ROW, "Plan | Price | Deductible", 0));
        for (int i = 0; i < 40; i++) {
            blocks.add(Block.of(Block.Kind.TABLE_ROW, "Plan " + i + " | " + i * 10 + " dollars | " + i, 0));
        }
        CleanText text = TextCleaner.clean(blocks);
        for (ChunkingStrategy strategy : ChunkingStrategy.values()) {
            List<Chunk> chunks = chunker(settings(strategy, 64, 64)).chunk(text);
            assertThat(chunks).as("%s", strategy).hasSizeGreaterThan(3);
            assertThat(chunks)
                    .as("%s", strategy)
                    .filteredOn(chunk -> chunk.start() > text.text().indexOf("Deductible"))
                    .hasSizeGreaterThan(2)
                    .allMatch(chunk -> chunk.sectionPath().equals(List.of("Prices", "Plan | Price | Deductible")));
        }
    }

    private static CleanText clean(Block... blocks) {
        return TextCleaner.clean(Arrays.asList(blocks));
    }

    /** Sentences of nine words and a full stop that begin with {@code first}. */
    private static Block paragraph(String first, int words) {
        StringBuilder text = new StringBuilder();
        for (int left = words; left > 0; left -= 9) {
            text.append(first).append(" word".repeat(Math.min(left, 9) - 1)).append(". ");
        }
        return Block.of(Block.Kind.PARAGRAPH, text.toString(), 0);
    }
}
