package quintet.ingest.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.identity.Identity;
import quintet.ingest.model.Attributes;

/**
 * A document that comes as JSON.
 *
 * @param text the document itself, not blank
 * @param attributes what the caller says of it
 */
record TextSubmission(String text, Attributes attributes) {
    private static final Set<String> KNOWN =
            Set.of("text", "title", "filename", "mimeType", "source", "metadata", "groups");

    /** Reads a body of at most {@code maxBytes}; everything that is wrong with it is the caller's. */
    static TextSubmission read(InputStream body, long maxBytes, ObjectMapper mapper, Identity caller) {
        JsonNode json = object(body, maxBytes, mapper);
        for (String name : (Iterable<String>) json::fieldNames) {
            if (!KNOWN.contains(name)) {
                throw Failure.invalidInput("UNKNOWN_FIELD", "the body has a field '%s'; known are %s", name, KNOWN);
            }
        }
        String text = string(json, "text");
        if (text == null || text.isBlank()) {
            throw Failure.invalidInput("EMPTY_FILE", "text is blank, must have at least one visible character");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Failure.invalidInput("INVALID_UTF8", "text has half of a surrogate pair");
        }
        String mimeType = string(json, "mimeType");
        Map<String, String> metadata = RequestRules.metadata(json.get("metadata"));
        Attributes attributes = RequestRules.attributes(
                string(json, "filename"),
                string(json, "title"),
                string(json, "source"),
                mimeType == null ? "text/plain" : mimeType,
                metadata,
                RequestRules.groups(caller, json.get("groups")));
        return new TextSubmission(text, attributes);
    }

    /** Reads a JSON object of at most {@code maxBytes}. */
    static JsonNode object(InputStream body, long maxBytes, ObjectMapper mapper) {
        return parse(utf8(bytes(body, maxBytes)), mapper);
    }

    InputStream content() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(InputStream body, long maxBytes) {
        try {
            byte[] bytes = body.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > maxBytes) {
                throw Failure.invalidInput(
                        "BODY_TOO_LARGE", "the JSON body has more than %d bytes; send a file instead", maxBytes);
            }
            return bytes;
        } catch (IOException e) {
            throw Failure.invalidInput("BODY_NOT_READ", "the body did not arrive: %s", String.valueOf(e.getMessage()));
        }
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Failure.invalidInput("INVALID_UTF8", "the body is not valid UTF-8");
        }
    }

    private static JsonNode parse(String body, ObjectMapper mapper) {
        try {
            JsonNode json = mapper.readTree(body);
            if (!json.isObject()) {
                throw Failure.invalidInput("MALFORMED_BODY", "the body is not a JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw Failure.invalidInput(
                    "MALFORMED_BODY", "the body is not the JSON that is expected: %s", e.getOriginalMessage());
        }
    }

    private static @Nullable String string(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw Failure.invalidInput("MALFORMED_BODY", "%s is not a string", name);
        }
        return value.textValue();
    }
}
