package quintet.local.plan.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import quintet.failure.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a model's {@code config.json}, in the shape of Hugging Face's transformers. */
public final class ModelReader {
    private static final long MAX_BYTES = 4 << 20;

    private ModelReader() {}

    /** Reads a file. Fails with INVALID_INPUT, naming the key, where it isn't what it should be. */
    public static ModelShape read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw Failure.invalidInput(
                        "CONFIG_INVALID", "%s has more than %d bytes: a config.json is small", file, MAX_BYTES);
            }
            return read(file.toString(), JsonMapper.shared().readTree(Files.readString(file)));
        } catch (IOException e) {
            throw Failure.invalidInput("CONFIG_UNREADABLE", "%s can't be read: %s", file, e);
        } catch (JacksonException e) {
            throw Failure.invalidInput("CONFIG_INVALID", "%s is not JSON: %s", file, e.getOriginalMessage());
        }
    }

    static ModelShape read(String source, JsonNode json) {
        if (!json.isObject()) {
            throw Failure.invalidInput("CONFIG_INVALID", "%s is not a JSON object", source);
        }
        ConfigFields outer = new ConfigFields(source, json);
        ConfigFields text = json.path("text_config").isObject() ? new ConfigFields(source, withDefaults(json)) : outer;
        ModelType type = ModelType.of(text);
        long vision = json.path("vision_config").isObject()
                ? VisionCounter.count(
                        new ConfigFields(source, json.path("vision_config")),
                        text.positive("hidden_size", ConfigFields.MAX_SIZE))
                : 0;
        int inner = inner(text, type);
        Experts experts = experts(text, type);
        return new ModelShape(
                type.word(),
                text.positive("hidden_size", ConfigFields.MAX_SIZE),
                inner * experts.perToken(),
                inner,
                text.positive("vocab_size", ConfigFields.MAX_VOCABULARY),
                text.positive("max_position_embeddings", ConfigFields.MAX_CONTEXT),
                AttentionReader.attention(text, type),
                AttentionReader.windows(text, type),
                experts,
                ParameterCounter.count(text, type, vision),
                CheckpointQuantization.of(outer));
    }

    /** The text part of a model that reads images too; its type is told by the whole where it does not say. */
    private static JsonNode withDefaults(JsonNode json) {
        JsonNode text = json.path("text_config");
        if (text.path("model_type").isMissingNode()
                && json.path("model_type").asString("").equals("gemma3")) {
            return text.deepCopy().asObject().put("model_type", ModelType.GEMMA3_TEXT.word());
        }
        return text;
    }

    private static int inner(ConfigFields config, ModelType type) {
        return switch (type) {
            case QWEN3_MOE, DEEPSEEK_V2, DEEPSEEK_V3 ->
                config.positive("moe_intermediate_size", ConfigFields.MAX_INNER);
            default -> config.positive("intermediate_size", ConfigFields.MAX_INNER);
        };
    }

    private static Experts experts(ConfigFields config, ModelType type) {
        String count = switch (type) {
            case MIXTRAL, GPT_OSS -> "num_local_experts";
            case QWEN3_MOE -> "num_experts";
            case DEEPSEEK_V2, DEEPSEEK_V3 -> "n_routed_experts";
            default -> "";
        };
        if (count.isEmpty()) {
            return Experts.DENSE;
        }
        int perToken = config.optional("num_experts_per_tok", ConfigFields.MAX_EXPERTS)
                .orElseGet(() -> config.positive("experts_per_token", ConfigFields.MAX_EXPERTS));
        return new Experts(config.positive(count, ConfigFields.MAX_EXPERTS), perToken);
    }
}
