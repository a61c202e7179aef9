package quintet.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.ChunkingStrategy;
import quintet.ingest.model.CollectionSettings;
import quintet.ingest.model.DeduplicationSettings;

/** Settings as a caller writes them: {@code {"chunking": {…}, "deduplication": {…}}}, each field and section optional. */
final class SettingsBody {
    private static final int MAX_BYTES = 64 << 10;
    private static final Set<String> SECTIONS = Set.of("chunking", "deduplication");
    private static final Set<String> CHUNKING = Set.of(
            "strategy",
            "targetTokens",
            "maxTokens",
            "overlapTokens",
            "windowSentences",
            "breakpointPercentile",
            "parentTokens");
    private static final Set<String> DEDUPLICATION =
            Set.of("exact", "fuzzy", "fuzzyThreshold", "semantic", "semanticThreshold");

    private final JsonNode json;

    private SettingsBody(JsonNode json) {
        this.json = json;
    }

    /** Reads a body; an empty one says nothing. */
    static SettingsBody read(InputStream body, ObjectMapper mapper) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw Failure.invalidInput("BODY_TOO_LARGE", "the JSON body has more than %d bytes", MAX_BYTES);
        }
        JsonNode json = bytes.length == 0 ? mapper.createObjectNode() : mapper.readTree(bytes);
        known("the body", json, SECTIONS);
        return new SettingsBody(json);
    }

    /** Takes a section about chunking by itself; absent says nothing. */
    static SettingsBody ofChunking(@Nullable JsonNode chunking, ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        if (chunking != null) {
            json.set("chunking", chunking);
        }
        return new SettingsBody(json);
    }

    /**
     * Returns {@code base} with what the body says. A section that is null is as if nothing had been said about it. Another
     * strategy than before takes what the body leaves open from {@code chunkingDefaults}, or has sizes of its own.
     */
    CollectionSettings over(CollectionSettings base, ChunkingSettings chunkingDefaults) {
        try {
            return new CollectionSettings(
                    chunking(base, chunkingDefaults), deduplication(base.deduplication(), json.get("deduplication")));
        } catch (IllegalArgumentException e) {
            throw Failure.invalidInput("INVALID_SETTINGS", "%s", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable ChunkingSettings chunking(CollectionSettings base, ChunkingSettings defaults) {
        JsonNode section = json.get("chunking");
        if (section == null) {
            return base.chunking();
        }
        if (section.isNull()) {
            return null;
        }
        known("chunking", section, CHUNKING);
        ChunkingStrategy strategy =
                strategy(section.get("strategy"), base.chunkingOr(defaults).strategy());
        ChunkingSettings before = Stream.of(base.chunkingOr(defaults), defaults)
                .filter(settings -> settings.strategy() == strategy)
                .findFirst()
                .orElseGet(() -> ChunkingSettings.of(strategy));
        return new ChunkingSettings(
                strategy,
                integer(section, "targetTokens", before.targetTokens()),
                integer(section, "maxTokens", before.maxTokens()),
                integer(section, "overlapTokens", before.overlapTokens()),
                integer(section, "windowSentences", before.windowSentences()),
                integer(section, "breakpointPercentile", before.breakpointPercentile()),
                integer(section, "parentTokens", before.parentTokens()));
    }

    private static DeduplicationSettings deduplication(DeduplicationSettings base, @Nullable JsonNode section) {
        if (section == null) {
            return base;
        }
        if (section.isNull()) {
            return DeduplicationSettings.DEFAULT;
        }
        known("deduplication", section, DEDUPLICATION);
        return new DeduplicationSettings(
                flag(section, "exact", base.exact()),
                flag(section, "fuzzy", base.fuzzy()),
                number(section, "fuzzyThreshold", base.fuzzyThreshold()),
                flag(section, "semantic", base.semantic()),
                number(section, "semanticThreshold", base.semanticThreshold()));
    }

    static void known(String where, JsonNode object, Set<String> names) {
        if (!object.isObject()) {
            throw Failure.invalidInput("MALFORMED_BODY", "%s is not a JSON object", where);
        }
        for (String name : (Iterable<String>) object::fieldNames) {
            if (!names.contains(name)) {
                throw Failure.invalidInput(
                        "UNKNOWN_FIELD",
                        "%s has a field '%s'; known are %s",
                        where,
                        RequestRules.abbreviate(name),
                        names.stream().sorted().toList());
            }
        }
    }

    private static ChunkingStrategy strategy(@Nullable JsonNode value, ChunkingStrategy before) {
        if (value == null) {
            return before;
        }
        for (ChunkingStrategy strategy : ChunkingStrategy.values()) {
            if (name(strategy).equals(value.textValue())) {
                return strategy;
            }
        }
        throw wrong(
                "strategy",
                value,
                "one of "
                        + Arrays.stream(ChunkingStrategy.values())
                                .map(SettingsBody::name)
                                .toList());
    }

    /** Returns the name of a strategy on the wire. */
    static String name(ChunkingStrategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int integer(JsonNode section, String name, int before) {
        JsonNode value = section.get(name);
        if (value == null) {
            return before;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(name, value, "a whole number of 32 bits");
        }
        return value.intValue();
    }

    private static double number(JsonNode section, String name, double before) {
        JsonNode value = section.get(name);
        if (value == null) {
            return before;
        }
        if (!value.isNumber()) {
            throw wrong(name, value, "a number");
        }
        return value.doubleValue();
    }

    private static boolean flag(JsonNode section, String name, boolean before) {
        JsonNode value = section.get(name);
        if (value == null) {
            return before;
        }
        if (!value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return value.booleanValue();
    }

    private static Failure wrong(String name, JsonNode value, String expected) {
        return Failure.invalidInput(
                "INVALID_SETTINGS", "%s is %s, must be %s", name, RequestRules.abbreviate(value.toString()), expected);
    }
}
