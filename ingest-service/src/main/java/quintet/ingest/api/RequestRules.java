package quintet.ingest.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.identity.Identity;
import quintet.ingest.model.Attributes;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.DocumentState;
import quintet.ingest.model.GenerationName;
import quintet.ingest.model.Visibility;

/** What names, attributes and pages a request may ask for; the same on REST and gRPC. */
final class RequestRules {
    static final int DEFAULT_LIMIT = 100;

    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_NAME = 512;
    private static final int MAX_KEYS = 64;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 1_024;
    private static final Pattern MIME_TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}(\\s*;[\\x20-\\x7E]{0,200})?");

    private RequestRules() {}

    /** Returns the name under which a collection of the caller's is stored. */
    static String collection(Identity caller, String name) {
        requireCollection(
                name,
                name.indexOf('.') < 0
                        && !GenerationName.isLater(name)
                        && DocumentKey.COLLECTION.matcher(name).matches());
        return caller.stored(name);
    }

    /** Returns a name under which a collection is stored, which only operators know. */
    static String stored(String name) {
        requireCollection(name, DocumentKey.COLLECTION.matcher(name).matches());
        return name;
    }

    private static void requireCollection(String name, boolean valid) {
        if (!valid) {
            throw Failure.invalidInput(
                    "INVALID_COLLECTION",
                    "collection is '%s', must be 1 to 64 characters of a-z, 0-9, '-' and '_'",
                    abbreviate(name));
        }
    }

    /** Returns what the caller may see of a collection of their tenant. */
    static Visibility visible(Identity caller) {
        return new Visibility(caller.everyGroup(), caller.groups());
    }

    static DocumentKey key(Identity caller, String collection, String documentId) {
        if (!DocumentKey.DOCUMENT_ID.matcher(documentId).matches() || documentId.matches("\\.+")) {
            throw Failure.invalidInput(
                    "INVALID_DOCUMENT_ID",
                    "document id is '%s', must be 1 to 128 characters of A-Z, a-z, 0-9, '.', '_' and '-'",
                    abbreviate(documentId));
        }
        return new DocumentKey(collection(caller, collection), documentId);
    }

    static Attributes attributes(
            @Nullable String filename,
            @Nullable String title,
            @Nullable String source,
            @Nullable String mimeType,
            Map<String, String> metadata,
            List<String> groups) {
        return new Attributes(
                baseName(text("filename", filename)),
                text("title", title),
                text("source", source),
                mimeType(mimeType),
                metadata(metadata),
                groups);
    }

    /** Reads the access groups that a caller gives a document from a JSON array of strings; absent for none. */
    static List<String> groups(Identity caller, @Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return List.of();
        }
        List<String> groups = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode group : node) {
                if (!group.isTextual()) {
                    throw invalidGroups();
                }
                groups.add(group.textValue());
            }
        } else {
            throw invalidGroups();
        }
        return caller.give(groups);
    }

    /** Reads the access groups that a caller gives a document, with commas between them. */
    static List<String> groups(Identity caller, @Nullable String text) {
        return text == null || text.isBlank()
                ? List.of()
                : caller.give(
                        Arrays.stream(text.split(",", -1)).map(String::strip).toList());
    }

    private static Failure invalidGroups() {
        return Failure.invalidInput("INVALID_GROUPS", "groups is no array of strings");
    }

    /** Reads metadata from a JSON object of strings, numbers and booleans. */
    static Map<String, String> metadata(@Nullable String json, ObjectMapper mapper) {
        if (json == null || json.isBlank()) {
            return Map.of();
        }
        try {
            return metadata(mapper.readTree(json));
        } catch (JsonProcessingException e) {
            throw Failure.invalidInput("INVALID_METADATA", "metadata is not JSON: %s", e.getOriginalMessage());
        }
    }

    static Map<String, String> metadata(@Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw Failure.invalidInput("INVALID_METADATA", "metadata is not a JSON object");
        }
        Map<String, String> metadata = new HashMap<>();
        node.properties().forEach(property -> {
            if (!property.getValue().isValueNode() || property.getValue().isNull()) {
                throw Failure.invalidInput(
                        "INVALID_METADATA",
                        "metadata '%s' must be a string, a number or a boolean",
                        abbreviate(property.getKey()));
            }
            metadata.put(property.getKey(), property.getValue().asText());
        });
        return metadata;
    }

    static Map<String, String> metadata(Map<String, String> metadata) {
        if (metadata.size() > MAX_KEYS) {
            throw Failure.invalidInput(
                    "INVALID_METADATA", "metadata has %d keys, at most %d are allowed", metadata.size(), MAX_KEYS);
        }
        metadata.forEach((key, value) -> {
            if (key.isBlank() || key.length() > MAX_KEY || unprintable(key)) {
                throw Failure.invalidInput(
                        "INVALID_METADATA",
                        "metadata key '%s' must be 1 to %d visible characters",
                        abbreviate(key),
                        MAX_KEY);
            }
            if (value.length() > MAX_VALUE || unprintable(value)) {
                throw Failure.invalidInput(
                        "INVALID_METADATA",
                        "metadata '%s' has %d characters, must have at most %d and no control characters",
                        key,
                        value.length(),
                        MAX_VALUE);
            }
        });
        return metadata;
    }

    static int limit(@Nullable String limit) {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        try {
            return limit(Integer.parseInt(limit));
        } catch (NumberFormatException e) {
            throw Failure.invalidInput(
                    "INVALID_LIMIT", "limit is '%s', must be a number from 1 to %d", abbreviate(limit), MAX_LIMIT);
        }
    }

    static int limit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Failure.invalidInput("INVALID_LIMIT", "limit is %d, must be 1 to %d", limit, MAX_LIMIT);
        }
        return limit;
    }

    static @Nullable DocumentState state(@Nullable String state) {
        if (state == null || state.isEmpty()) {
            return null;
        }
        try {
            return DocumentState.valueOf(state.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Failure.invalidInput(
                    "INVALID_STATE",
                    "state is '%s', must be one of %s",
                    abbreviate(state),
                    Arrays.toString(DocumentState.values()));
        }
    }

    static String toCursor(String documentId) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(documentId.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable String fromCursor(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String documentId = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (DocumentKey.DOCUMENT_ID.matcher(documentId).matches()) {
                return documentId;
            }
        } catch (IllegalArgumentException notBase64) {
            // Answered below, like a cursor of somebody else.
        }
        throw Failure.invalidInput(
                "INVALID_CURSOR", "cursor is '%s', must be the nextCursor of the page before", abbreviate(cursor));
    }

    private static String mimeType(@Nullable String mimeType) {
        if (mimeType == null || mimeType.isBlank()) {
            return "";
        }
        if (!MIME_TYPE.matcher(mimeType.strip()).matches()) {
            throw Failure.invalidInput(
                    "INVALID_MIME_TYPE", "mimeType is '%s', must be like 'text/plain'", abbreviate(mimeType));
        }
        return mimeType.strip();
    }

    private static String text(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return "";
        }
        if (value.length() > MAX_NAME || unprintable(value)) {
            throw Failure.invalidInput(
                    "INVALID_" + name.toUpperCase(Locale.ROOT),
                    "%s has %d characters, must have at most %d and no control characters",
                    name,
                    value.length(),
                    MAX_NAME);
        }
        return value.strip();
    }

    /** Browsers may send a path; only the name is ours to keep. */
    private static String baseName(String filename) {
        return filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
    }

    /** Control characters and lone surrogates, which neither a line nor the database can carry. */
    private static boolean unprintable(String text) {
        return text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    static String abbreviate(String value) {
        String visible = value.replaceAll("\\p{Cntrl}", "?");
        return visible.length() <= 80 ? visible : visible.substring(0, 80) + "…";
    }
}
