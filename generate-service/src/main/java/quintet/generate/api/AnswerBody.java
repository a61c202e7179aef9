package quintet.generate.api;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.PassageFilter;
import quintet.generate.model.Question;
import quintet.generate.model.Role;
import quintet.generate.model.Turn;

/** The body of {@code POST /v1/answers}. A field that is not known is refused: a misspelt filter would answer from everything. */
final class AnswerBody {
    @Schema(description = "Collection to answer from", defaultValue = Question.DEFAULT_COLLECTION)
    public @Nullable String collection;

    @Schema(description = "The question, 1 to 8,192 characters", required = true)
    public @Nullable String question;

    @Schema(description = "Earlier turns, oldest first, at most 64")
    public @Nullable List<@Nullable TurnBody> history;

    @Schema(description = "Field to value or values; all fields must match")
    public @Nullable Map<String, @Nullable Object> filter;

    @Schema(description = "Passages to answer from, 1 to 50", defaultValue = "6")
    public @Nullable Integer topK;

    @JsonAnySetter
    @Schema(hidden = true)
    public Map<String, @Nullable Object> unknown = new LinkedHashMap<>();

    /** A turn of the conversation. */
    static final class TurnBody {
        @Schema(description = "user or assistant")
        public @Nullable String role;

        @Schema(description = "What was said")
        public @Nullable String content;
    }

    /** Returns the question; throws if a field is not what it should be. */
    Question toModel() {
        if (!unknown.isEmpty()) {
            String name = unknown.keySet().iterator().next();
            throw Failure.invalidInput(
                    "UNKNOWN_FIELD",
                    "\"%s\" is not a field of a question, there are collection, question, history, filter and topK",
                    name);
        }
        return new Question(
                collection == null ? Question.DEFAULT_COLLECTION : collection,
                question == null ? "" : question,
                turns(),
                filters(filter),
                topK == null ? Question.DEFAULT_TOP_K : topK,
                "");
    }

    private List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        if (history != null) {
            for (TurnBody turn : history) {
                turns.add(toModel(turn, turns.size()));
            }
        }
        return turns;
    }

    private static Turn toModel(@Nullable TurnBody turn, int index) {
        String role = turn == null || turn.role == null ? "" : turn.role;
        String content = turn == null || turn.content == null ? "" : turn.content;
        return new Turn(role(role, "history[%d].role".formatted(index)), content);
    }

    /** Returns the role that {@code name} means. */
    static Role role(String name, String where) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            default ->
                throw Failure.invalidInput(
                        "INVALID_HISTORY", "%s is \"%.40s\", must be user or assistant", where, name);
        };
    }

    /** Returns the filters of a JSON object of values or lists of values. */
    static List<PassageFilter> filters(@Nullable Map<String, @Nullable Object> filter) {
        List<PassageFilter> filters = new ArrayList<>();
        if (filter != null) {
            filter.forEach((field, value) -> filters.add(new PassageFilter(field, values(field, value))));
        }
        return filters;
    }

    private static List<String> values(String field, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(element -> scalar(field, element)).toList();
        }
        return List.of(scalar(field, value));
    }

    private static String scalar(String field, @Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw Failure.invalidInput(
                "INVALID_FILTER", "filter \"%.80s\" must be a string, a number, a boolean or a list of them", field);
    }
}
