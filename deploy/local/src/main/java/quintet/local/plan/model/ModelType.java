package quintet.local.plan.model;

import java.util.Arrays;
import java.util.stream.Collectors;
import quintet.failure.Failure;

/** The {@code model_type}s whose layers are known, and how they differ from Llama's. */
enum ModelType {
    LLAMA("llama", 2, false, false),
    MISTRAL("mistral", 2, false, false),
    MIXTRAL("mixtral", 2, false, false),
    PHI3("phi3", 2, false, false),
    QWEN2("qwen2", 2, true, false),
    QWEN3("qwen3", 2, false, true),
    QWEN3_MOE("qwen3_moe", 2, false, true),
    GEMMA2("gemma2", 4, false, false),
    GEMMA3_TEXT("gemma3_text", 4, false, true),
    GPT_OSS("gpt_oss", 2, false, false),
    DEEPSEEK_V2("deepseek_v2", 2, false, false),
    DEEPSEEK_V3("deepseek_v3", 2, false, false);

    private final String word;
    private final int normsPerLayer;
    private final boolean biasedQueries;
    private final boolean normedHeads;

    ModelType(String word, int normsPerLayer, boolean biasedQueries, boolean normedHeads) {
        this.word = word;
        this.normsPerLayer = normsPerLayer;
        this.biasedQueries = biasedQueries;
        this.normedHeads = normedHeads;
    }

    String word() {
        return word;
    }

    int normsPerLayer() {
        return normsPerLayer;
    }

    /** Whether queries, keys and values have biases whatever {@code attention_bias} says. */
    boolean biasedQueries() {
        return biasedQueries;
    }

    /** Whether queries and keys of each head are normalised by weights of their own. */
    boolean normedHeads() {
        return normedHeads;
    }

    boolean latent() {
        return this == DEEPSEEK_V2 || this == DEEPSEEK_V3;
    }

    static ModelType of(ConfigFields config) {
        String type = config.text("model_type");
        return Arrays.stream(values())
                .filter(known -> known.word.equals(type))
                .findFirst()
                .orElseThrow(() -> Failure.invalidInput(
                        "UNKNOWN_MODEL_TYPE",
                        "model_type of %s is \"%s\"; known are %s, and gemma3 with its text_config. If its layers are those of one of"
                                + " these, plan with a copy of config.json that says so",
                        config.source(),
                        type,
                        Arrays.stream(values()).map(ModelType::word).collect(Collectors.joining(", "))));
    }
}
