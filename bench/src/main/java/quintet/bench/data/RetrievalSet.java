package quintet.bench.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A retrieval set in BEIR's layout: {@code corpus.jsonl}, {@code queries.jsonl}, {@code qrels/test.tsv}.
 *
 * @param name name of its folder
 * @param queries only those with a relevant document
 */
public record RetrievalSet(String name, List<Text> documents, List<Query> queries) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A document.
     *
     * @param title empty if none
     */
    public record Text(String id, String title, String text) {}

    /**
     * A query.
     *
     * @param grades grade by id of relevant document, 1 or more
     */
    public record Query(String id, String text, Map<String, Integer> grades) {
        /** Copies the grades. */
        public Query {
            grades = Map.copyOf(grades);
        }
    }

    /** Copies the lists. */
    public RetrievalSet {
        documents = List.copyOf(documents);
        queries = List.copyOf(queries);
    }

    /** Tells whether a folder holds such a set. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve("corpus.jsonl"))
                && Files.isRegularFile(folder.resolve("queries.jsonl"))
                && Files.isRegularFile(folder.resolve("qrels/test.tsv"));
    }

    /** Reads a set; blank documents, which no index can hold, are left out. */
    public static RetrievalSet read(Path folder) throws IOException {
        Map<String, Map<String, Integer>> grades = new HashMap<>();
        try (Stream<String> lines = Files.lines(folder.resolve("qrels/test.tsv"))) {
            lines.skip(1).map(line -> line.split("\t", -1)).forEach(judgement -> {
                int grade = Integer.parseInt(judgement[2].strip());
                if (grade > 0) {
                    grades.computeIfAbsent(judgement[0], _ -> new HashMap<>()).put(judgement[1], grade);
                }
            });
        }
        List<Text> documents = new ArrayList<>();
        for (JsonNode line : lines(folder.resolve("corpus.jsonl"))) {
            Text document = new Text(
                    line.path("_id").asText(),
                    line.path("title").asText(),
                    line.path("text").asText());
            if (!document.text().isBlank()) {
                documents.add(document);
            }
        }
        List<Query> queries = new ArrayList<>();
        for (JsonNode line : lines(folder.resolve("queries.jsonl"))) {
            String id = line.path("_id").asText();
            if (grades.containsKey(id)) {
                queries.add(new Query(id, line.path("text").asText(), grades.getOrDefault(id, Map.of())));
            }
        }
        return new RetrievalSet(folder.getFileName().toString(), documents, queries);
    }

    /** Returns the set with at most {@code limit} queries, drawn by {@code seed}: the same ones each time. */
    public RetrievalSet sample(int limit, long seed) {
        if (queries.size() <= limit) {
            return this;
        }
        List<Query> shuffled = new ArrayList<>(queries);
        Collections.shuffle(shuffled, new Random(seed));
        return new RetrievalSet(name, documents, shuffled.subList(0, limit));
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> parsed = new ArrayList<>();
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines.filter(text -> !text.isBlank())::iterator) {
                parsed.add(JSON.readTree(line));
            }
        }
        return parsed;
    }
}
