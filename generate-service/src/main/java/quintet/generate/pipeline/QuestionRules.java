package quintet.generate.pipeline;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import quintet.failure.Failure;
import quintet.generate.model.FieldValues;
import quintet.generate.model.PassageFilter;
import quintet.generate.model.Question;
import quintet.generate.model.Turn;

/** Which questions are answered. Every refusal names the value and the bound. */
final class QuestionRules {
    static final int MAX_QUESTION_CHARACTERS = 8_192;
    static final int MAX_TOP_K = 50;
    static final int MAX_TURNS = 64;
    static final int MAX_TURN_CHARACTERS = 32_768;
    static final int MAX_FILTERS = 32;
    static final int MAX_FILTER_VALUES = 256;
    static final int MAX_FILTER_CHARACTERS = 1 << 20;
    private static final Pattern COLLECTION = Pattern.compile("[a-z0-9_-]{1,64}");

    private QuestionRules() {}

    /** Returns {@code question} if it can be answered, else throws a failure of the caller's making. */
    static Question check(Question question) {
        checkCollection(question.collection());
        checkText(question.text());
        require(
                question.topK() >= 1 && question.topK() <= MAX_TOP_K,
                "INVALID_TOP_K",
                "topK is %d, must be 1 to %d".formatted(question.topK(), MAX_TOP_K),
                Map.of("topK", String.valueOf(question.topK()), "max", String.valueOf(MAX_TOP_K)));
        checkHistory(question.history());
        checkLength("instructions", question.instructions());
        checkFilter(question.filter());
        return question;
    }

    private static void checkCollection(String collection) {
        String shown = collection.length() <= 80 ? collection : collection.substring(0, 80) + "…";
        require(
                COLLECTION.matcher(collection).matches(),
                "INVALID_COLLECTION",
                "collection is \"%s\", must be 1 to 64 characters of a-z, 0-9, '-' and '_'".formatted(shown),
                Map.of("collection", shown));
    }

    private static void checkText(String text) {
        require(!text.isBlank(), "EMPTY_QUESTION", "the question is empty, must be at least 1 character", Map.of());
        require(
                text.length() <= MAX_QUESTION_CHARACTERS,
                "QUESTION_TOO_LONG",
                "the question has %d characters, must be at most %d".formatted(text.length(), MAX_QUESTION_CHARACTERS),
                Map.of("length", String.valueOf(text.length()), "max", String.valueOf(MAX_QUESTION_CHARACTERS)));
        checkEncoding("question", text);
    }

    private static void checkHistory(List<Turn> history) {
        require(
                history.size() <= MAX_TURNS,
                "INVALID_HISTORY",
                "history has %d turns, must be at most %d".formatted(history.size(), MAX_TURNS),
                Map.of("turns", String.valueOf(history.size()), "max", String.valueOf(MAX_TURNS)));
        for (int i = 0; i < history.size(); i++) {
            checkLength("history[%d]".formatted(i), history.get(i).content());
        }
    }

    private static void checkLength(String name, String content) {
        require(
                content.length() <= MAX_TURN_CHARACTERS,
                "INVALID_HISTORY",
                "%s has %d characters, must be at most %d".formatted(name, content.length(), MAX_TURN_CHARACTERS),
                Map.of("length", String.valueOf(content.length()), "max", String.valueOf(MAX_TURN_CHARACTERS)));
        checkEncoding(name, content);
    }

    private static void checkFilter(PassageFilter filter) {
        checkFields(filter.fields());
        String text = filter.text() == null ? "" : filter.text();
        require(
                text.length() <= MAX_FILTER_CHARACTERS,
                "INVALID_FILTER",
                "filter has %d characters, must have at most %d".formatted(text.length(), MAX_FILTER_CHARACTERS),
                Map.of("length", String.valueOf(text.length()), "max", String.valueOf(MAX_FILTER_CHARACTERS)));
        checkEncoding("filter", text);
    }

    private static void checkFields(List<FieldValues> filters) {
        require(
                filters.size() <= MAX_FILTERS,
                "INVALID_FILTER",
                "there are %d filters, must be at most %d".formatted(filters.size(), MAX_FILTERS),
                Map.of("filters", String.valueOf(filters.size()), "max", String.valueOf(MAX_FILTERS)));
        for (FieldValues filter : filters) {
            require(!filter.field().isBlank(), "INVALID_FILTER", "a filter has no field", Map.of());
            int values = filter.values().size();
            require(
                    values >= 1 && values <= MAX_FILTER_VALUES,
                    "INVALID_FILTER",
                    "filter \"%s\" has %d values, must be 1 to %d".formatted(filter.field(), values, MAX_FILTER_VALUES),
                    Map.of("field", filter.field(), "values", String.valueOf(values)));
            checkEncoding("filter", filter.field() + String.join("", filter.values()));
        }
    }

    /** Refuses halves of surrogate pairs: they have no UTF-8 form, so they would arrive at the other services as question marks. */
    private static void checkEncoding(String name, String text) {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            require(
                    c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE,
                    "INVALID_TEXT",
                    "%s has half of a surrogate pair at character %d, must be valid Unicode".formatted(name, at),
                    Map.of("at", String.valueOf(at)));
            at += Character.charCount(c);
        }
    }

    private static void require(boolean condition, String reason, String message, Map<String, String> metadata) {
        if (!condition) {
            throw Failure.invalidInput(reason, message, metadata);
        }
    }
}
