package quintet.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.Question;

/**
 * Questions as a caller writes them: {@code {"questions": [{"query": "…", "relevant": {"leave": 2, "travel": 1}}]}}. Relevant
 * documents may be a list of ids too, each then of grade 1, or be left out.
 */
final class QuestionsBody {
    private static final long MAX_BYTES = 16L << 20;
    private static final String REASON = "INVALID_QUESTIONS";

    private QuestionsBody() {}

    static List<Question> read(InputStream body, ObjectMapper mapper) {
        JsonNode json = TextSubmission.object(body, MAX_BYTES, mapper);
        SettingsBody.known("the body", json, Set.of("questions"));
        JsonNode list = json.get("questions");
        if (list == null || !list.isArray()) {
            throw Failure.invalidInput(REASON, "questions is missing or not an array");
        }
        if (list.size() > Question.MAX_COUNT) {
            throw Failure.invalidInput(
                    REASON, "there are %d questions, must be at most %d", list.size(), Question.MAX_COUNT);
        }
        List<Question> questions = new ArrayList<>();
        for (JsonNode each : list) {
            questions.add(question("questions[%d]".formatted(questions.size()), each));
        }
        return questions;
    }

    private static Question question(String at, JsonNode json) {
        SettingsBody.known(at, json, Set.of("query", "relevant"));
        JsonNode query = json.get("query");
        if (query == null || !query.isTextual()) {
            throw Failure.invalidInput(REASON, "%s.query is missing or not a text", at);
        }
        try {
            return new Question(query.textValue(), relevant(at, json.get("relevant")));
        } catch (IllegalArgumentException e) {
            throw Failure.invalidInput(REASON, "%s: %s", at, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Integer> relevant(String at, @Nullable JsonNode json) {
        Map<String, Integer> relevant = new HashMap<>();
        if (json == null || json.isNull()) {
            return relevant;
        }
        if (json.isArray()) {
            for (JsonNode id : json) {
                if (!id.isTextual()) {
                    throw wrong(at);
                }
                relevant.put(id.textValue(), 1);
            }
        } else if (json.isObject()) {
            json.properties().forEach(each -> {
                if (!each.getValue().canConvertToInt() || !each.getValue().isIntegralNumber()) {
                    throw wrong(at);
                }
                relevant.put(each.getKey(), each.getValue().intValue());
            });
        } else {
            throw wrong(at);
        }
        return relevant;
    }

    private static Failure wrong(String at) {
        return Failure.invalidInput(
                REASON,
                "%s.relevant must be an array of document ids, or an object of whole numbers by document id",
                at);
    }
}
