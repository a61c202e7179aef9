package quintet.encoder.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Texts of a retrieval set in BEIR's layout: {@code corpus.jsonl}, {@code queries.jsonl} and {@code qrels/test.tsv}.
 *
 * @param passages by id
 * @param queries by id
 * @param pairs queries with a passage that answers them
 */
record RetrievalSet(Map<String, String> passages, Map<String, String> queries, List<Pair> pairs) {
    private static final JsonFactory JSON = new JsonFactory();

    /** A query and a passage that answers it. */
    record Pair(String query, String passage) {}

    /** Reads all sets of a folder, by name. */
    static Map<String, RetrievalSet> readAll(Path folder) throws IOException {
        Map<String, RetrievalSet> sets = new LinkedHashMap<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.sorted().toList()) {
                if (Files.isRegularFile(child.resolve("corpus.jsonl"))) {
                    sets.put(child.getFileName().toString(), read(child));
                }
            }
        }
        return sets;
    }

    private static RetrievalSet read(Path folder) throws IOException {
        Map<String, String> passages = texts(folder.resolve("corpus.jsonl"));
        Map<String, String> queries = texts(folder.resolve("queries.jsonl"));
        List<Pair> pairs = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("qrels/test.tsv"))) {
            String[] columns = line.split("\t", -1);
            String query = queries.get(columns[0]);
            String passage = passages.get(columns[1]);
            if (query != null && passage != null && !columns[2].equals("0")) {
                pairs.add(new Pair(query, passage));
            }
        }
        return new RetrievalSet(passages, queries, pairs);
    }

    private static Map<String, String> texts(Path file) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            Map<String, String> fields = new LinkedHashMap<>();
            try (JsonParser parser = JSON.createParser(line)) {
                for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.VALUE_STRING && parser.currentName() != null) {
                        fields.putIfAbsent(parser.currentName(), parser.getText());
                    }
                }
            }
            String text = fields.getOrDefault("text", "");
            if (!text.isBlank()) {
                texts.put(fields.getOrDefault("_id", line), text);
            }
        }
        return texts;
    }
}
