package quintet.local.plan.model;

import java.util.OptionalInt;
import quintet.failure.Failure;
import tools.jackson.databind.JsonNode;

/** Reads kind and windows of attention from a {@code config.json}. */
final class AttentionReader {
    private AttentionReader() {}

    static Attention attention(ConfigFields config, ModelType type) {
        int heads = config.positive("num_attention_heads", ConfigFields.MAX_SIZE);
        if (type.latent()) {
            return new Attention.Latent(
                    heads,
                    config.positive("kv_lora_rank", ConfigFields.MAX_SIZE),
                    config.positive("qk_rope_head_dim", ConfigFields.MAX_SIZE));
        }
        int keyValueHeads =
                config.optional("num_key_value_heads", ConfigFields.MAX_SIZE).orElse(heads);
        if (heads % keyValueHeads != 0) {
            throw Failure.invalidInput(
                    "CONFIG_INVALID",
                    "num_key_value_heads of %s is %d, must divide num_attention_heads, which is %d",
                    config.source(),
                    keyValueHeads,
                    heads);
        }
        int headDim = headDim(config, heads);
        return keyValueHeads == heads
                ? new Attention.MultiHead(heads, headDim)
                : new Attention.GroupedQuery(heads, keyValueHeads, headDim);
    }

    static int headDim(ConfigFields config, int heads) {
        OptionalInt told = config.optional("head_dim", ConfigFields.MAX_SIZE);
        if (told.isPresent()) {
            return told.getAsInt();
        }
        int hidden = config.positive("hidden_size", ConfigFields.MAX_SIZE);
        if (hidden % heads != 0) {
            throw Failure.invalidInput(
                    "CONFIG_INVALID",
                    "hidden_size of %s is %d, which num_attention_heads, %d, does not divide, and there is no head_dim",
                    config.source(),
                    hidden,
                    heads);
        }
        return hidden / heads;
    }

    /**
     * Layers with and without a window: from {@code layer_types}, else every {@code sliding_window_pattern}-th layer is full (Gemma 3),
     * else every second (Gemma 2), else all slide (Mistral).
     */
    static LayerWindows windows(ConfigFields config, ModelType type) {
        int layers = config.positive("num_hidden_layers", ConfigFields.MAX_LAYERS);
        OptionalInt window = config.optional("sliding_window", ConfigFields.MAX_CONTEXT);
        if (window.isEmpty() || type.latent() || !config.flag("use_sliding_window", true)) {
            return LayerWindows.allFull(layers);
        }
        JsonNode types = config.child("layer_types");
        if (types.isArray()) {
            return fromTypes(config, types, layers, window.getAsInt());
        }
        OptionalInt told = config.optional("sliding_window_pattern", ConfigFields.MAX_LAYERS);
        int pattern = told.orElse(
                switch (type) {
                    case GEMMA2 -> 2;
                    case GEMMA3_TEXT -> 6;
                    default -> 0;
                });
        int full = pattern == 0 ? 0 : layers / pattern;
        return new LayerWindows(full, layers - full, window.getAsInt());
    }

    private static LayerWindows fromTypes(ConfigFields config, JsonNode types, int layers, int window) {
        if (types.size() != layers) {
            throw Failure.invalidInput(
                    "CONFIG_INVALID",
                    "layer_types of %s has %d entries, must have num_hidden_layers, %d",
                    config.source(),
                    types.size(),
                    layers);
        }
        int full = 0;
        for (JsonNode layer : types) {
            switch (layer.asString("")) {
                case "full_attention" -> full++;
                case "sliding_attention" -> {}
                default ->
                    throw Failure.invalidInput(
                            "CONFIG_INVALID",
                            "layer_types of %s has %s; known are full_attention and sliding_attention",
                            config.source(),
                            layer);
            }
        }
        return full == layers ? LayerWindows.allFull(layers) : new LayerWindows(full, layers - full, window);
    }
}
