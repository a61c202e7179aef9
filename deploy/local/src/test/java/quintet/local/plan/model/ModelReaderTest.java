package quintet.local.plan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.failure.Failure;
import quintet.local.plan.model.Quantization.Method;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ModelReaderTest {
    private static final String LLAMA = """
            {"model_type": "llama", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
             "intermediate_size": 14336, "vocab_size": 128256, "max_position_embeddings": 131072, "tie_word_embeddings": false}""";

    @TempDir
    Path folder;

    private final ObjectNode json = JsonMapper.shared().readTree(LLAMA).asObject();

    @Test
    void readsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), LLAMA);
        assertThat(ModelReader.read(file).parameters().total()).isEqualTo(8_030_261_248L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hidden_size",
                "num_hidden_layers",
                "num_attention_heads",
                "intermediate_size",
                "vocab_size",
                "max_position_embeddings"
            })
    void namesAKeyThatIsMissingOrMakesNoSense(String key) {
        json.put(key, 0);
        assertRefused("CONFIG_INVALID", key + " of config.json is 0, must be an integer from 1 to ");
        json.put(key, "many");
        assertRefused("CONFIG_INVALID", key + " of config.json is \"many\"");
        json.put(key, Long.MAX_VALUE);
        assertRefused("CONFIG_INVALID", key + " of config.json is 9223372036854775807");
        json.remove(key);
        assertRefused("CONFIG_INCOMPLETE", "config.json has no " + key);
    }

    @Test
    void headsWithoutAGroupKeepAllOfTheirOwn() {
        json.remove("num_key_value_heads");
        assertThat(read().attention()).isEqualTo(new Attention.MultiHead(32, 128));
    }

    @Test
    void refusesHeadsThatDoNotDivide() {
        json.put("num_key_value_heads", 5);
        assertRefused(
                "CONFIG_INVALID",
                "num_key_value_heads of config.json is 5, must divide num_attention_heads, which is 32");
        json.put("num_key_value_heads", 3).put("num_attention_heads", 33);
        assertRefused(
                "CONFIG_INVALID", "hidden_size of config.json is 4096, which num_attention_heads, 33, does not divide");
    }

    @Test
    void refusesLayersThatItDoesNotKnow() {
        json.put("model_type", "mamba");
        assertRefused("UNKNOWN_MODEL_TYPE", "model_type of config.json is \"mamba\"; known are llama, mistral");
        json.remove("model_type");
        assertRefused("UNKNOWN_MODEL_TYPE", "model_type of config.json is \"\"");
    }

    @Test
    void refusesLayerTypesThatDoNotFit() {
        json.put("sliding_window", 1024).putArray("layer_types").add("full_attention");
        assertRefused("CONFIG_INVALID", "layer_types of config.json has 1 entries, must have num_hidden_layers, 32");
        json.put("num_hidden_layers", 1).putArray("layer_types").add("linear_attention");
        assertRefused("CONFIG_INVALID", "layer_types of config.json has \"linear_attention\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"quant_method\": \"fp8\"}; FP8; 8",
                "{\"quant_method\": \"fbgemm_fp8\"}; FP8; 8",
                "{\"quant_method\": \"awq\", \"bits\": 4, \"group_size\": 128}; AWQ; 4.15625",
                "{\"quant_method\": \"gptq\", \"bits\": 4, \"group_size\": 64}; GPTQ; 4.3125",
                "{\"quant_method\": \"gptq\", \"bits\": 8, \"group_size\": -1}; GPTQ; 8",
                "{\"quant_method\": \"mxfp4\"}; MXFP4; 4.25",
                "{\"quant_method\": \"compressed-tensors\", \"config_groups\": {\"group_0\": {\"weights\": {\"num_bits\": 8, \"type\": \"float\"}}}}; FP8; 8",
                "{\"quant_method\": \"compressed-tensors\", \"config_groups\": {\"group_0\": {\"weights\": {\"num_bits\": 8, \"type\": \"int\"}}}}; INT8; 8",
                "{\"quant_method\": \"compressed-tensors\", \"config_groups\": {\"group_0\": {\"weights\": {\"num_bits\": 4, \"type\": \"int\", \"group_size\": 128}}}}; GPTQ; 4.15625"
            })
    void recognisesAQuantizedCheckpoint(String config, Method method, double bits) {
        json.set("quantization_config", JsonMapper.shared().readTree(config));
        assertThat(read().checkpoint().method()).isEqualTo(method);
        assertThat(read().checkpoint().bits()).isEqualTo(bits);
        assertThat(read().checkpoint().inCheckpoint()).isTrue();
    }

    @Test
    void refusesAQuantizationThatItDoesNotKnow() {
        json.putObject("quantization_config").put("quant_method", "bitnet");
        assertRefused(
                "UNKNOWN_QUANTIZATION", "quantization_config of config.json is quant_method bitnet; known are fp8");
        json.putObject("quantization_config").put("quant_method", "gptq").put("bits", 3);
        assertRefused("UNKNOWN_QUANTIZATION", "gptq with 3 bits");
    }

    @Test
    void refusesWhatIsNoConfiguration() throws IOException {
        Path text = Files.writeString(folder.resolve("a.json"), "hello");
        assertThatThrownBy(() -> ModelReader.read(text)).hasMessageContaining("a.json is not JSON");
        Path list = Files.writeString(folder.resolve("b.json"), "[]");
        assertThatThrownBy(() -> ModelReader.read(list)).hasMessageContaining("b.json is not a JSON object");
        assertThatThrownBy(() -> ModelReader.read(folder.resolve("c.json")))
                .hasMessageContaining("c.json can't be read");
    }

    private ModelShape read() {
        return ModelReader.read("config.json", json);
    }

    private void assertRefused(String reason, String message) {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }
}
