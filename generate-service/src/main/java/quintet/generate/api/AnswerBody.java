package quintet.generate.api;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.generate.model.Asker;
import quintet.generate.model.PassageFilter;
import quintet.generate.model.Priority;
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

    @Schema(
            implementation = Object.class,
            description =
                    "Which passages may be used: an object such as {\"author\": \"Kim\"}, or a string such as year >= 2020")
    public @Nullable JsonNode filter;

    @Schema(description = "Passages to answer from, 1 to 50", defaultValue = "6")
    public @Nullable Integer topK;

    @Schema(
            description =
                    "interactive or batch: batch waits for others, and is refused with 429 rather than answered worse",
            defaultValue = "interactive")
    public @Nullable String priority;

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

    /** Returns the question of a tenant; throws if a field is not what it should be. */
    Question toModel(String tenant) {
        if (!unknown.isEmpty()) {
            String name = unknown.keySet().iterator().next();
            throw Failure.invalidInput(
                    "UNKNOWN_FIELD",
                    "\"%s\" is not a field of a question, there are collection, question, history, filter, topK and priority",
                    name);
        }
        return new Question(
                collection == null ? Question.DEFAULT_COLLECTION : collection,
                question == null ? "" : question,
                turns(),
                filter(filter),
                topK == null ? Question.DEFAULT_TOP_K : topK,
                "",
                new Asker(tenant, priority(priority)));
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

    /** Returns the priority that {@code name} means; somebody waits where nothing is said. */
    static Priority priority(@Nullable String given) {
        String name = given == null ? "interactive" : given;
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "interactive" -> Priority.INTERACTIVE;
            case "batch" -> Priority.BATCH;
            default ->
                throw Failure.invalidInput(
                        "INVALID_PRIORITY", "priority is \"%.40s\", must be interactive or batch", name);
        };
    }

    /** Returns the filter of a body: an object or a text, which retrieve-service reads. */
    static PassageFilter filter(@Nullable JsonNode filter) {
        if (filter == null || filter.isNull()) {
            return PassageFilter.NONE;
        }
        if (!filter.isObject() && !filter.isTextual()) {
            throw Failure.invalidInput(
                    "INVALID_FILTER",
                    "filter is %.80s, must be an object such as {\"author\": \"Kim\"} or a string such as \"year >= 2020\"",
                    filter);
        }
        return new PassageFilter(List.of(), filter.isTextual() ? filter.textValue() : filter.toString());
    }
}
