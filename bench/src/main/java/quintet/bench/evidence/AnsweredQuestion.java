package quintet.bench.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import quintet.generate.model.Claim;
import quintet.generate.model.Passage;
import quintet.generate.model.Source;
import quintet.generate.pipeline.evidence.ClaimReader;

/**
 * A question of mtRAG that its passages answer.
 *
 * @param conversation that it is of
 * @param collection where the passages are from
 * @param asked the question and what was said before
 * @param answer the reference answer
 */
record AnsweredQuestion(String conversation, String collection, List<String> passages, String asked, String answer) {
    /** Reads {@code reference.jsonl}. */
    static List<AnsweredQuestion> read(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<AnsweredQuestion> questions = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode task = json.readTree(line);
            if (task.path("answerability").path(0).asText().equals("ANSWERABLE")
                    && !task.path("contexts").isEmpty()) {
                StringBuilder asked = new StringBuilder();
                task.path("input")
                        .forEach(
                                turn -> asked.append(turn.path("text").asText()).append('\n'));
                List<String> passages = new ArrayList<>();
                task.path("contexts")
                        .forEach(context -> passages.add(context.path("text").asText()));
                questions.add(new AnsweredQuestion(
                        task.path("conversation_id").asText(),
                        task.path("Collection").asText(),
                        passages,
                        asked.toString(),
                        task.path("targets").path(0).path("text").asText()));
            }
        }
        return questions;
    }

    /** Returns the sentences of the answer. */
    List<Claim> claims() {
        ClaimReader reader = new ClaimReader();
        List<Claim> claims = new ArrayList<>(reader.text(answer));
        claims.addAll(reader.end());
        return claims;
    }

    /** Returns the passages as an answer has them. */
    List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        for (String text : passages) {
            sources.add(new Source(
                    sources.size() + 1,
                    new Passage(
                            "",
                            "",
                            "",
                            "",
                            0,
                            0,
                            List.of(),
                            0,
                            text.length(),
                            text,
                            0,
                            new LinkedHashMap<>(),
                            Optional.empty())));
        }
        return sources;
    }
}
