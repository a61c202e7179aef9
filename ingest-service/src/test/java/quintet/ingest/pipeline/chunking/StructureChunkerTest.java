package quintet.ingest.pipeline.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quintet.ingest.model.Block;
import quintet.ingest.model.Chunk;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.ChunkingStrategy;
import quintet.ingest.model.CleanText;
import quintet.ingest.pipeline.cleaning.TextCleaner;
import quintet.ingest.port.TokenCounter;

class StructureChunkerTest {
    private static final int TARGET = 50;
    private static final int MAX = 80;
    private static final int OVERLAP = 12;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]");

    /** Counts words and punctuation marks. */
    static final TokenCounter WORDS = text -> {
        List<Integer> starts = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            starts.add(word.start());
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    };

    private final StructureChunker chunker = new StructureChunker(
            WORDS, new ChunkingSettings(ChunkingStrategy.STRUCTURE, TARGET, MAX, OVERLAP, 3, 90, MAX));

    @Test
    void makesNothingOfNothing() {
        assertThat(chunker.chunk(TextCleaner.clean(List.of()))).isEmpty();
    }

    @Test
    void keepsAHeadingWithItsText() {
        CleanText text =
                clean(Block.heading(1, "First", 1), paragraph(40, 1), Block.heading(1, "Second", 1), paragraph(40, 1));
        List<Chunk> chunks = chunker.chunk(text);
        assertThat(chunks).hasSize(2);
        assertThat(chunks.get(0).textIn(text)).startsWith("First");
        assertThat(chunks.get(1).textIn(text)).startsWith("Second");
        assertThat(chunks).extracting(Chunk::sectionPath).containsExactly(List.of("First"), List.of("Second"));
    }

    @Test
    void joinsTinySections() {
        CleanText text = clean(
                Block.heading(1, "Title", 0),
                Block.of(Block.Kind.PARAGRAPH, "Hello.", 0),
                Block.heading(2, "Part", 0),
                Block.of(Block.Kind.PARAGRAPH, "World.", 0));
        assertThat(chunker.chunk(text)).hasSize(1);
    }

    @Test
    void prefersToCutAtPages() {
        CleanText text = clean(paragraph(45, 1), paragraph(45, 2), paragraph(45, 3));
        assertThat(chunker.chunk(text)).extracting(Chunk::page).containsExactly(1, 2, 3);
        assertThat(chunker.chunk(text)).allMatch(chunk -> chunk.page() == chunk.pageEnd());
    }

    @Test
    void repeatsTheEndOfTheChunkBefore() {
        List<Chunk> chunks = chunker.chunk(clean(paragraph(200, 1)));
        assertThat(chunks).hasSizeGreaterThan(2);
        for (int i = 1; i < chunks.size(); i++) {
            assertThat(chunks.get(i).start()).isLessThan(chunks.get(i - 1).end());
        }
    }

    @Test
    void keepsWhatAColonAnnouncesWithIt() {
        Block list = Block.of(Block.Kind.LIST_ITEM, "• " + sentence(9), 0);
        CleanText text = clean(
                paragraph(45, 0), Block.of(Block.Kind.PARAGRAPH, "These are the tips:", 0), list, list, list, list);
        assertThat(chunker.chunk(text)).noneMatch(chunk -> chunk.textIn(text).endsWith(":"));
    }

    @Test
    @Timeout(20)
    void cutsWhatHasNoPlaceToCut() {
        CleanText text = clean(Block.of(Block.Kind.PARAGRAPH, "word ".repeat(1_000), 0));
        assertThat(chunker.chunk(text)).hasSizeGreaterThan(10).allMatch(chunk -> chunk.tokenCount() <= MAX);
        CleanText run = clean(Block.of(Block.Kind.PARAGRAPH, "x".repeat(100_000), 0));
        assertThat(chunker.chunk(run))
                .hasSizeGreaterThan(100)
                .allMatch(chunk -> chunk.end() - chunk.start() <= MAX * 10);
    }

    @Test
    void keepsItsPromisesForAnyText() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("StructureChunkerTest seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            CleanText text = clean(randomBlocks(random));
            check(text, chunker.chunk(text), MAX, "seed %d, round %d".formatted(seed, round));
        }
    }

    static void check(CleanText text, List<Chunk> chunks, int max, String description) {
        BitSet covered = new BitSet();
        int before = -1;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            String characters = chunk.textIn(text);
            covered.set(chunk.start(), chunk.end());
            assertThat(chunk.ordinal()).as(description).isEqualTo(i);
            assertThat(chunk.start()).as(description).isGreaterThan(before);
            assertThat(characters).as(description).isEqualTo(characters.strip());
            assertThat(chunk.tokenCount()).as(description).isBetween(1, max);
            assertThat(WORDS.tokenStarts(characters)).as(description).hasSize(chunk.tokenCount());
            assertThat(chunk.page()).as(description).isEqualTo(text.pageAt(chunk.start()));
            assertThat(chunk.pageEnd()).as(description).isEqualTo(text.pageAt(chunk.end() - 1));
            before = chunk.start();
        }
        for (int i = 0; i < text.text().length(); i++) {
            if (!Character.isWhitespace(text.text().charAt(i))) {
                assertThat(covered.get(i))
                        .as("%s, character %d", description, i)
                        .isTrue();
            }
        }
    }

    static Block[] randomBlocks(Random random) {
        int count = random.nextInt(40);
        Block[] blocks = new Block[count];
        int page = random.nextBoolean() ? 1 : 0;
        for (int i = 0; i < count; i++) {
            page += page > 0 && random.nextInt(6) == 0 ? 1 : 0;
            Block.Kind kind = Block.Kind.values()[random.nextInt(Block.Kind.values().length)];
            StringBuilder text = new StringBuilder();
            int sentences = kind == Block.Kind.HEADING ? 1 : 1 + random.nextInt(8);
            for (int s = 0; s < sentences; s++) {
                text.append(randomSentence(random)).append(random.nextInt(5) == 0 ? "\n" : " ");
            }
            blocks[i] = kind == Block.Kind.HEADING
                    ? Block.heading(1 + random.nextInt(4), text.toString(), page)
                    : Block.of(kind, text.toString(), page);
        }
        return blocks;
    }

    private static String randomSentence(Random random) {
        String[] words = {
            "plan", "Dr.", "coverage", "e.g.", "1.5", "Zürich", "日本語", "🙂", "a-b", "(see)", "x".repeat(300)
        };
        StringBuilder sentence = new StringBuilder();
        int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 25);
        for (int w = 0; w < count; w++) {
            int pick = random.nextInt(random.nextInt(30) == 0 ? words.length : words.length - 1);
            sentence.append(words[pick]).append(' ');
        }
        return sentence.append(".!?:".charAt(random.nextInt(4))).toString();
    }

    private static CleanText clean(Block... blocks) {
        return TextCleaner.clean(List.of(blocks));
    }

    private static Block paragraph(int words, int page) {
        StringBuilder text = new StringBuilder();
        for (int left = words; left > 0; left -= 9) {
            text.append(sentence(8).replace("Word", "Word" + page)).append(' ');
        }
        return Block.of(Block.Kind.PARAGRAPH, text.toString(), page);
    }

    private static String sentence(int words) {
        return "Word" + " word".repeat(words - 1) + ".";
    }
}
