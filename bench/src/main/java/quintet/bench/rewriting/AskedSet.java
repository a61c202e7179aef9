package quintet.bench.rewriting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import quintet.bench.data.RetrievalSet;
import quintet.retrieve.model.Speaker;
import quintet.retrieve.model.Turn;

/** Documents and queries about them, some of them after a conversation. */
record AskedSet(String name, List<RetrievalSet.Text> documents, List<Asked> queries) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** With more right passages a question is no question for one. */
    private static final int MOST_PASSAGES = 12;

    /**
     * A query.
     *
     * @param history what was said before it, oldest first
     * @param grades grade by id of relevant document
     */
    record Asked(String text, List<Turn> history, Map<String, Integer> grades) {
        Asked {
            history = List.copyOf(history);
            grades = Map.copyOf(grades);
        }

        Asked as(String other) {
            return new Asked(other, history, grades);
        }
    }

    AskedSet {
        documents = List.copyOf(documents);
        queries = List.copyOf(queries);
    }

    static AskedSet of(RetrievalSet set) {
        return new AskedSet(
                set.name(),
                set.documents(),
                set.queries().stream()
                        .map(query -> new Asked(query.text(), List.of(), query.grades()))
                        .toList());
    }

    /**
     * Reads the conversations of MTRAG-UN. Its corpora are not there, so the passages that all of its tasks were given stand for
     * them, and those of a task are the right ones for its last question.
     */
    static AskedSet conversations(Path file, int limit, long seed) throws IOException {
        Map<String, RetrievalSet.Text> passages = new LinkedHashMap<>();
        List<Asked> questions = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode task = JSON.readTree(line);
            Map<String, Integer> grades = new HashMap<>();
            for (JsonNode context : task.path("contexts")) {
                String id = context.path("document_id").asText();
                passages.putIfAbsent(
                        id, new RetrievalSet.Text(id, "", context.path("text").asText()));
                grades.put(id, 1);
            }
            List<Turn> turns = new ArrayList<>();
            for (JsonNode turn : task.path("input")) {
                Speaker speaker = turn.path("speaker").asText().equals("user") ? Speaker.USER : Speaker.ASSISTANT;
                turns.add(new Turn(speaker, turn.path("text").asText()));
            }
            if (turns.size() > 1 && !grades.isEmpty() && grades.size() <= MOST_PASSAGES) {
                questions.add(new Asked(turns.removeLast().text(), turns, grades));
            }
        }
        Collections.shuffle(questions, new Random(seed));
        return new AskedSet(
                "mtrag", List.copyOf(passages.values()), questions.subList(0, Math.min(limit, questions.size())));
    }
}
