package quintet.local.plan.model;

import java.util.OptionalInt;
import quintet.failure.Failure;
import tools.jackson.databind.JsonNode;

/** Reads the keys of a {@code config.json}; what is missing or out of range is named. */
final class ConfigFields {
    static final int MAX_SIZE = 131_072;
    static final int MAX_INNER = 1 << 20;
    static final int MAX_VOCABULARY = 1 << 24;
    static final int MAX_LAYERS = 1024;
    static final int MAX_EXPERTS = 4096;
    static final int MAX_CONTEXT = 1 << 28;

    private final String source;
    private final JsonNode node;

    /** Wraps {@code node}; {@code source} is what messages call the file. */
    ConfigFields(String source, JsonNode node) {
        this.source = source;
        this.node = node;
    }

    String source() {
        return source;
    }

    /** The integer of {@code key}, 1 to {@code max}. */
    int positive(String key, int max) {
        return optional(key, max)
                .orElseThrow(() -> Failure.invalidInput(
                        "CONFIG_INCOMPLETE",
                        "%s has no %s; the planner needs the config.json that lies beside the model's weights",
                        source,
                        key));
    }

    /** The integer of {@code key}, 1 to {@code max}, or empty where it is missing or null. */
    OptionalInt optional(String key, int max) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalInt.empty();
        }
        if (!value.isIntegralNumber() || value.asLong() < 1 || value.asLong() > max) {
            throw Failure.invalidInput(
                    "CONFIG_INVALID", "%s of %s is %s, must be an integer from 1 to %d", key, source, value, max);
        }
        return OptionalInt.of(value.asInt());
    }

    boolean flag(String key, boolean otherwise) {
        JsonNode value = node.path(key);
        return value.isBoolean() ? value.asBoolean() : otherwise;
    }

    String text(String key) {
        return node.path(key).asString("");
    }

    JsonNode child(String key) {
        return node.path(key);
    }
}
