package quintet.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.IndexChoice;
import quintet.ingest.model.ReindexOrder;
import quintet.ingest.model.SwitchRule;

/**
 * A re-index as a caller asks for it: {@code {"chunking": {…}, "index": {"kind", "parameters"}, "switch": "auto",
 * "maxNdcgLoss": 0.01, "minOverlap": 0}}, each field optional.
 */
final class ReindexBody {
    private static final int MAX_BYTES = 64 << 10;
    private static final Set<String> KNOWN =
            Set.of("chunking", "index", "switch", "maxNdcgLoss", "minOverlap", "model");
    private static final Set<String> INDEX = Set.of("kind", "parameters");
    private static final String REASON = "INVALID_REINDEX";

    private final JsonNode json;
    private final SettingsBody settings;

    private ReindexBody(JsonNode json, SettingsBody settings) {
        this.json = json;
        this.settings = settings;
    }

    /** Reads a body. */
    static ReindexBody read(InputStream body, ObjectMapper mapper) {
        JsonNode json = TextSubmission.object(body, MAX_BYTES, mapper);
        SettingsBody.known("the body", json, KNOWN);
        if (json.has("model")) {
            throw Failure.invalidInput(
                    "MODEL_IS_THE_SERVICES",
                    "a model can not be chosen: a new generation is embedded with the one that embed-service runs; start that"
                            + " with another model and re-index without naming it");
        }
        return new ReindexBody(json, SettingsBody.ofChunking(json.get("chunking"), mapper));
    }

    /** Returns what is asked for, where what the body leaves open is as in {@code live} or by default. */
    ReindexOrder over(CollectionSettings live, ChunkingSettings defaults) {
        SwitchRule rule = SwitchRule.DEFAULT;
        try {
            return new ReindexOrder(
                    settings.over(live, defaults),
                    index(json.get("index")),
                    new SwitchRule(
                            mode(json.get("switch")),
                            number("maxNdcgLoss", rule.maxNdcgLoss()),
                            number("minOverlap", rule.minOverlap())));
        } catch (IllegalArgumentException e) {
            throw Failure.invalidInput(REASON, "%s", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable IndexChoice index(@Nullable JsonNode index) {
        if (index == null || index.isNull()) {
            return null;
        }
        SettingsBody.known("index", index, INDEX);
        JsonNode kind = index.get("kind");
        if (kind == null || !kind.isTextual()) {
            throw Failure.invalidInput(
                    REASON, "index.kind is missing or not a text, must be one of those of PUT …/index");
        }
        JsonNode parameters = index.get("parameters");
        Map<String, Integer> numbers = new HashMap<>();
        if (parameters != null && !parameters.isNull()) {
            if (!parameters.isObject()) {
                throw Failure.invalidInput(REASON, "index.parameters is not an object of numbers");
            }
            parameters.properties().forEach(each -> {
                if (!each.getValue().isIntegralNumber() || !each.getValue().canConvertToInt()) {
                    throw Failure.invalidInput(
                            REASON,
                            "index.parameters.%s is %s, must be a whole number",
                            RequestRules.abbreviate(each.getKey()),
                            RequestRules.abbreviate(each.getValue().toString()));
                }
                numbers.put(each.getKey(), each.getValue().intValue());
            });
        }
        return new IndexChoice(kind.textValue(), numbers);
    }

    private static SwitchRule.Mode mode(@Nullable JsonNode value) {
        if (value == null) {
            return SwitchRule.DEFAULT.mode();
        }
        return switch (String.valueOf(value.textValue())) {
            case "auto" -> SwitchRule.Mode.AUTO;
            case "always" -> SwitchRule.Mode.ALWAYS;
            case "never" -> SwitchRule.Mode.NEVER;
            default ->
                throw Failure.invalidInput(
                        REASON,
                        "switch is %s, must be one of [auto, always, never]",
                        RequestRules.abbreviate(value.toString()));
        };
    }

    private double number(String name, double otherwise) {
        JsonNode value = json.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw Failure.invalidInput(
                    REASON, "%s is %s, must be a number", name, RequestRules.abbreviate(value.toString()));
        }
        return value.doubleValue();
    }
}
