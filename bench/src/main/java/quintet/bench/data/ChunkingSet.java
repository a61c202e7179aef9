package quintet.bench.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The chunking benchmark of Chroma's report "Evaluating Chunking Strategies for Retrieval": {@code corpora/*.md} and
 * {@code questions_df.csv} with the excerpts that answer each question.
 *
 * @param corpora by name
 * @param questions about these corpora
 */
public record ChunkingSet(List<Corpus> corpora, List<Question> questions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One text. */
    public record Corpus(String name, String text) {}

    /**
     * A question.
     *
     * @param excerpts where its answer stands in the corpus, as spans of UTF-16 code units
     */
    public record Question(String text, String corpus, List<Span> excerpts) {
        /** Copies the excerpts. */
        public Question {
            excerpts = List.copyOf(excerpts);
        }
    }

    /** Copies the lists. */
    public ChunkingSet {
        corpora = List.copyOf(corpora);
        questions = List.copyOf(questions);
    }

    /** Tells whether a folder holds the benchmark. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve("questions_df.csv")) && Files.isDirectory(folder.resolve("corpora"));
    }

    /**
     * Reads the benchmark.
     *
     * @param names corpora to read; empty for all
     */
    public static ChunkingSet read(Path folder, List<String> names) throws IOException {
        List<Corpus> corpora = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("corpora"))) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                String name = file.getFileName().toString().replaceFirst("\\.md$", "");
                if (names.isEmpty() || names.contains(name)) {
                    corpora.add(new Corpus(name, Files.readString(file)));
                }
            }
        }
        List<Question> questions = new ArrayList<>();
        for (List<String> row : Csv.rows(Files.readString(folder.resolve("questions_df.csv")))) {
            if (corpora.stream().anyMatch(corpus -> corpus.name().equals(row.get(2)))) {
                questions.add(new Question(row.get(0), row.get(2), spans(JSON.readTree(row.get(1)))));
            }
        }
        return new ChunkingSet(corpora, questions);
    }

    /** Returns the set with at most {@code limit} questions, drawn by {@code seed}: the same ones each time. */
    public ChunkingSet sample(int limit, long seed) {
        if (questions.size() <= limit) {
            return this;
        }
        List<Question> shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, new Random(seed));
        return new ChunkingSet(corpora, shuffled.subList(0, limit));
    }

    /** The offsets count code points; the corpora have none above U+FFFF, so they count code units too. */
    private static List<Span> spans(JsonNode references) {
        List<Span> spans = new ArrayList<>();
        references.forEach(reference -> spans.add(new Span(
                reference.path("start_index").asInt(),
                reference.path("end_index").asInt())));
        return spans;
    }
}
