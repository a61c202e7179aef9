package quintet.local.plan.model;

import tools.jackson.databind.JsonNode;

/** Counts the parameters of a model from its {@code config.json}, exactly. */
final class ParameterCounter {
    private final ConfigFields config;
    private final ModelType type;
    private final long hidden;
    private final int layers;
    private final int heads;
    private long attention;
    private long keyValue;
    private long replicated;
    private long feedForward;
    private long experts;
    private long small;

    private ParameterCounter(ConfigFields config, ModelType type) {
        this.config = config;
        this.type = type;
        this.hidden = config.positive("hidden_size", ConfigFields.MAX_SIZE);
        this.layers = config.positive("num_hidden_layers", ConfigFields.MAX_LAYERS);
        this.heads = config.positive("num_attention_heads", ConfigFields.MAX_SIZE);
    }

    /**
     * Counts.
     *
     * @param vision parameters of the part that reads images
     */
    static Parameters count(ConfigFields config, ModelType type, long vision) {
        ParameterCounter counter = new ParameterCounter(config, type);
        if (type.latent()) {
            counter.latentAttention();
        } else {
            counter.attention();
        }
        counter.feedForward();
        // The norms of layers, and the last one.
        counter.small += counter.hidden * ((long) type.normsPerLayer() * counter.layers + 1);
        long vocabulary = config.positive("vocab_size", ConfigFields.MAX_VOCABULARY) * counter.hidden;
        // What transformers takes where the key is missing: Gemma's embeddings are tied, all others' not.
        boolean tied = config.flag("tie_word_embeddings", type.normsPerLayer() == 4);
        return new Parameters(
                vocabulary,
                tied ? 0 : vocabulary,
                counter.attention,
                counter.keyValue,
                counter.replicated,
                counter.feedForward,
                counter.experts,
                counter.small,
                vision);
    }

    private void attention() {
        long headDim = AttentionReader.headDim(config, heads);
        long queries = heads * headDim;
        long keys =
                config.optional("num_key_value_heads", ConfigFields.MAX_SIZE).orElse(heads) * headDim;
        attention += 2L * layers * hidden * queries;
        keyValue += 2L * layers * hidden * keys;
        boolean allBiased = config.flag("attention_bias", false);
        if (type.biasedQueries() || allBiased) {
            small += layers * (queries + 2 * keys);
        }
        if (allBiased) {
            small += layers * hidden;
        }
        if (type.normedHeads()) {
            small += 2L * layers * headDim;
        }
        if (type == ModelType.GPT_OSS) {
            // A learned attention sink for each head.
            small += (long) layers * heads;
        }
    }

    private void latentAttention() {
        long rank = config.positive("kv_lora_rank", ConfigFields.MAX_SIZE);
        long rope = config.positive("qk_rope_head_dim", ConfigFields.MAX_SIZE);
        long plain = config.positive("qk_nope_head_dim", ConfigFields.MAX_SIZE);
        long values = config.positive("v_head_dim", ConfigFields.MAX_SIZE);
        long queryRank = config.optional("q_lora_rank", ConfigFields.MAX_SIZE).orElse(0);
        long queries = heads * (plain + rope);
        if (queryRank > 0) {
            replicated += layers * hidden * queryRank;
            attention += layers * queryRank * queries;
            small += layers * queryRank;
        } else {
            attention += layers * hidden * queries;
        }
        replicated += layers * hidden * (rank + rope);
        small += layers * rank;
        attention += layers * (rank * heads * (plain + values) + heads * values * hidden);
    }

    private void feedForward() {
        switch (type) {
            case MIXTRAL ->
                routed(
                        layers,
                        positiveExperts("num_local_experts"),
                        config.positive("intermediate_size", ConfigFields.MAX_INNER));
            case QWEN3_MOE -> {
                int sparse = sparseLayersOfQwen();
                routed(
                        sparse,
                        positiveExperts("num_experts"),
                        config.positive("moe_intermediate_size", ConfigFields.MAX_INNER));
                dense(layers - sparse);
            }
            case GPT_OSS -> gptOss();
            case DEEPSEEK_V2, DEEPSEEK_V3 -> deepSeek();
            default -> dense(layers);
        }
        if (config.flag("mlp_bias", false)) {
            small += layers * (2L * config.positive("intermediate_size", ConfigFields.MAX_INNER) + hidden);
        }
    }

    /** Gate, up and down matrices (Shazeer 2020, SwiGLU and GeGLU). */
    private void dense(int count) {
        if (count > 0) {
            feedForward += 3L * count * hidden * config.positive("intermediate_size", ConfigFields.MAX_INNER);
        }
    }

    private void routed(int count, int number, long inner) {
        experts += 3L * count * number * hidden * inner;
        small += (long) count * number * hidden;
    }

    private void gptOss() {
        int number = positiveExperts("num_local_experts");
        long inner = config.positive("intermediate_size", ConfigFields.MAX_INNER);
        routed(layers, number, inner);
        // Biases of the router and of each expert's two matrices.
        small += (long) layers * number * (1 + 2 * inner + hidden);
    }

    private void deepSeek() {
        int number = positiveExperts("n_routed_experts");
        long inner = config.positive("moe_intermediate_size", ConfigFields.MAX_INNER);
        int denseLayers = Math.min(layers, config.child("first_k_dense_replace").asInt(0));
        int sparse = layers - denseLayers;
        dense(denseLayers);
        routed(sparse, number, inner);
        feedForward += 3L
                * sparse
                * hidden
                * inner
                * config.optional("n_shared_experts", ConfigFields.MAX_EXPERTS).orElse(0);
        if (config.text("topk_method").equals("noaux_tc")) {
            // The correction of each expert's score that balances the load (DeepSeek-V3).
            small += (long) sparse * number;
        }
    }

    private int positiveExperts(String key) {
        return config.positive(key, ConfigFields.MAX_EXPERTS);
    }

    private int sparseLayersOfQwen() {
        int step =
                config.optional("decoder_sparse_step", ConfigFields.MAX_LAYERS).orElse(1);
        int sparse = layers / step;
        for (JsonNode layer : config.child("mlp_only_layers")) {
            if (layer.asInt(-1) >= 0 && layer.asInt() < layers && (layer.asInt() + 1) % step == 0) {
                sparse--;
            }
        }
        return sparse;
    }
}
