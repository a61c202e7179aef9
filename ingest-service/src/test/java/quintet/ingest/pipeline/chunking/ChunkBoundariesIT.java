package quintet.ingest.pipeline.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.ingest.IngestTestResource;
import quintet.ingest.model.Block;
import quintet.ingest.model.CleanText;
import quintet.ingest.model.EmbeddingKey;
import quintet.ingest.pipeline.cleaning.TextCleaner;
import quintet.ingest.port.DocumentParser;
import quintet.ingest.port.TokenCounter;

/** How far an edit of one sentence moves the boundaries of the other chunks, in real documents with the real tokenizer. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class ChunkBoundariesIT {
    private static final int EDITS = Integer.getInteger("edits", 8);
    private static final String SENTENCE = "This sentence was added later, in the third revision of the document.";
    private static final Path SAMPLES = Path.of("../samples/hr-handbook");
    private static final List<String> FILES = List.of(
            "Northwind_Health_Plus_Benefits_Details.pdf",
            "Northwind_Standard_Benefits_Details.pdf",
            "employee_handbook.pdf",
            "role_library.pdf");

    @Inject
    DocumentParser parser;

    @Inject
    TokenCounter tokenCounter;

    @Inject
    ChunkingConfig config;

    @Test
    void anEditChangesTheChunksAroundItOnly() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (String name : FILES) {
            Path file = SAMPLES.resolve(name);
            List<Block> pages =
                    parser.parse(file, file.getFileName().toString(), "").blocks();
            List<Block> plain = pages.stream()
                    .map(block -> new Block(block.kind(), block.level(), block.text(), 0))
                    .toList();
            measure(name, pages, random, "seed " + seed);
            measure(name + " without pages", plain, random, "seed " + seed);
        }
    }

    private void measure(String name, List<Block> blocks, Random random, String as) {
        List<EmbeddingKey> before = keys(blocks);
        Set<EmbeddingKey> embedded = Set.copyOf(before);
        int[] changed = IntStream.range(0, EDITS)
                .map(_ -> (int) keys(edited(blocks, random)).stream()
                        .filter(key -> !embedded.contains(key))
                        .count())
                .sorted()
                .toArray();
        double mean = IntStream.of(changed).average().orElseThrow();
        System.out.printf(
                "%s: %d chunks; changed by an edit of one sentence: mean %.2f, median %d, most %d; reused %.2f %%%n",
                name, before.size(), mean, changed[EDITS / 2], changed[EDITS - 1], 100 * (1 - mean / before.size()));
        assertThat(mean).as("%s of %s", as, name).isLessThan(0.15 * before.size());
    }

    private List<EmbeddingKey> keys(List<Block> blocks) {
        CleanText clean = TextCleaner.clean(blocks);
        return new StructureChunker(tokenCounter, config.settings())
                .chunk(clean).stream()
                        .map(chunk -> EmbeddingKey.of("", chunk.sectionPath(), chunk.textIn(clean)))
                        .toList();
    }

    /** Adds, replaces or takes away one sentence of one paragraph. */
    private static List<Block> edited(List<Block> blocks, Random random) {
        List<Integer> paragraphs = IntStream.range(0, blocks.size())
                .filter(i -> blocks.get(i).kind() == Block.Kind.PARAGRAPH
                        && sentences(blocks.get(i).text()).size() > 1)
                .boxed()
                .toList();
        int paragraph = paragraphs.get(random.nextInt(paragraphs.size()));
        List<String> sentences = new ArrayList<>(sentences(blocks.get(paragraph).text()));
        int at = random.nextInt(sentences.size());
        switch (random.nextInt(3)) {
            case 0 -> sentences.add(at, SENTENCE + " ");
            case 1 -> sentences.set(at, SENTENCE + " ");
            default -> sentences.remove(at);
        }
        List<Block> result = new ArrayList<>(blocks);
        result.set(paragraph, blocks.get(paragraph).withText(String.join("", sentences)));
        return result;
    }

    private static List<String> sentences(String text) {
        List<Integer> starts = new ArrayList<>();
        SentenceSplitter.split(text, starts::add);
        starts.add(text.length());
        return IntStream.range(0, starts.size() - 1)
                .mapToObj(i -> text.substring(starts.get(i), starts.get(i + 1)))
                .collect(Collectors.toList());
    }
}
