package quintet.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.Selection;

/**
 * The body of {@code POST /v1/collections/{c}/documents/delete}. What is given must all hold.
 *
 * @param ids only these documents
 * @param states only in one of these states
 * @param filter an object as in a search: each field has one of its values
 * @param confirm number of documents that the same request without it answered
 */
record DeletionBody(
        Set<String> ids,
        Set<String> states,
        Map<String, Set<String>> filter,
        @Nullable Long confirm) {
    private static final Set<String> KNOWN = Set.of("ids", "states", "filter", "confirm");
    private static final int MAX_IDS = 10_000;
    private static final int MAX_FIELDS = 32;
    private static final int MAX_VALUES = 256;

    static DeletionBody of(JsonNode json) {
        for (String name : (Iterable<String>) json::fieldNames) {
            if (!KNOWN.contains(name)) {
                throw Failure.invalidInput("UNKNOWN_FIELD", "the body has a field '%s'; known are %s", name, KNOWN);
            }
        }
        return new DeletionBody(
                values("ids", json.get("ids"), MAX_IDS),
                values("states", json.get("states"), DocumentState.values().length),
                filter(json.get("filter")),
                confirm(json.get("confirm")));
    }

    /** Returns what is meant; nothing is never everything. */
    Selection selection() {
        if (ids.isEmpty() && states.isEmpty() && filter.isEmpty()) {
            throw empty("the body has no ids, no states and no filter");
        }
        for (String id : ids) {
            if (!DocumentKey.DOCUMENT_ID.matcher(id).matches()) {
                throw Failure.invalidInput("INVALID_DOCUMENT_ID", "one of the ids can be no id of a document");
            }
        }
        Set<DocumentState> wanted = new HashSet<>();
        for (String state : states) {
            DocumentState known = RequestRules.state(state);
            if (known == null) {
                throw Failure.invalidInput("INVALID_STATE", "one of the states is empty");
            }
            wanted.add(known);
        }
        Map<String, Set<String>> fields = new TreeMap<>(filter);
        Set<String> selected = ids;
        Set<String> named = fields.remove("documentId");
        if (named != null) {
            selected = new HashSet<>(ids.isEmpty() ? named : ids);
            selected.retainAll(named);
            if (selected.isEmpty()) {
                throw empty("ids and filter.documentId have no document in common");
            }
        }
        return new Selection.Matching(selected, wanted, fields);
    }

    private static Map<String, Set<String>> filter(@Nullable JsonNode filter) {
        if (filter == null || filter.isNull()) {
            return Map.of();
        }
        if (!filter.isObject()) {
            throw Failure.invalidInput("INVALID_FILTER", "filter is no object such as {\"author\": \"Kim\"}");
        }
        if (filter.isEmpty()) {
            throw empty("filter is empty");
        }
        if (filter.size() > MAX_FIELDS) {
            throw Failure.invalidInput(
                    "INVALID_FILTER", "filter has %d fields, must have at most %d", filter.size(), MAX_FIELDS);
        }
        Map<String, Set<String>> fields = new TreeMap<>();
        filter.properties().forEach(field -> {
            requireText(field.getKey());
            fields.put(field.getKey(), values("filter." + field.getKey(), field.getValue(), MAX_VALUES));
        });
        return fields;
    }

    private static Set<String> values(String name, @Nullable JsonNode value, int max) {
        if (value == null || value.isNull()) {
            return Set.of();
        }
        if (value.isArray() && value.isEmpty()) {
            throw empty(name + " is empty");
        }
        if (value.size() > max) {
            throw Failure.invalidInput(
                    "INVALID_FILTER", "%s has %d values, must have at most %d", name, value.size(), max);
        }
        Set<String> values = new LinkedHashSet<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (!each.isTextual() && !each.isNumber() && !each.isBoolean()) {
                throw Failure.invalidInput("INVALID_FILTER", "a value of %s is no string, number or boolean", name);
            }
            requireText(each.asText());
            values.add(each.asText());
        }
        return values;
    }

    /** Refuses what neither a document nor the database can carry: a NUL and half of a surrogate pair. */
    private static void requireText(String value) {
        if (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw Failure.invalidInput("INVALID_FILTER", "the body has characters that are in no text");
        }
    }

    private static @Nullable Long confirm(@Nullable JsonNode confirm) {
        if (confirm == null || confirm.isNull()) {
            return null;
        }
        if (!confirm.isIntegralNumber() || !confirm.canConvertToLong() || confirm.longValue() < 0) {
            throw invalidConfirm(confirm.toString());
        }
        return confirm.longValue();
    }

    static Failure invalidConfirm(String given) {
        return Failure.invalidInput(
                "INVALID_CONFIRM",
                "confirm is '%s', must be the number of documents that was answered",
                given.length() <= 64 ? given : given.substring(0, 64) + "…");
    }

    private static Failure empty(String what) {
        return Failure.invalidInput("EMPTY_FILTER", "%s: nothing is deleted", what);
    }
}
