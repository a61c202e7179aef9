package quintet.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;
    private final PrintStream standardErr = System.err;

    @BeforeEach
    void listen() {
        PrintStream listener = new PrintStream(out, true, StandardCharsets.UTF_8);
        System.setOut(listener);
        System.setErr(listener);
    }

    @AfterEach
    void restore() {
        System.setOut(standardOut);
        System.setErr(standardErr);
    }

    @Test
    void saysWhatFitsHowFastItIsAndHowToStartIt() {
        assertThat(plan("--model", "llama-3.1-8b", "--gpu", "h100", "--concurrency", "32"))
                .isZero();
        assertThat(output())
                .contains(
                        "meta-llama/Llama-3.1-8B-Instruct on NVIDIA H100 SXM 80 GB",
                        "8,030,261,248 parameters",
                        "keys and values: 128.0 KiB a token; a sequence of 8,192 tokens takes 1.00 GiB",
                        "1 GPU: tensor 1 x pipeline 1 x 1 server",
                        "[WWWWWWWWWWWW",
                        "vllm serve meta-llama/Llama-3.1-8B-Instruct \\\n",
                        "--max-num-seqs 32",
                        "behavior: merge",
                        "- max-num-seqs=32");
    }

    @Test
    void saysTheSameToPrograms() {
        assertThat(plan("--model", "deepseek-v3", "--gpu", "h200", "--json")).isZero();
        JsonNode json = JsonMapper.shared().readTree(output());
        assertThat(json.path("model").path("kvBytesPerToken").asLong()).isEqualTo(70_272);
        assertThat(json.path("best").path("tensorParallel").asInt()).isEqualTo(8);
        assertThat(json.path("best").path("memoryBytes").path("weights").asLong())
                .isGreaterThan(80_000_000_000L);
        assertThat(json.path("arguments").path("tensor-parallel-size").asString())
                .isEqualTo("8");
        assertThat(json.path("gpu").path("bandwidthGbps").asDouble()).isEqualTo(4800);
        assertThat(json.path("kustomization").asString()).startsWith("apiVersion: kustomize");
    }

    @Test
    void readsTheFolderOfAModel() throws IOException {
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "qwen2", "hidden_size": 896, "num_hidden_layers": 24, "num_attention_heads": 14, "num_key_value_heads": 2,
                 "intermediate_size": 4864, "vocab_size": 151936, "max_position_embeddings": 32768, "tie_word_embeddings": true}""");
        assertThat(plan("--model", folder.toString(), "--gpu", "l4", "--concurrency", "8"))
                .isZero();
        assertThat(output()).contains("494,032,768 parameters", "vllm serve " + folder);
    }

    @Test
    void tellsWrongUsageFromWhatDoesNotFit() {
        assertThat(plan("--model", "llama-9", "--gpu", "h100")).isEqualTo(ExitCode.USAGE);
        assertThat(plan("--model", "llama-3.1-8b", "--gpu", "h300")).isEqualTo(ExitCode.USAGE);
        assertThat(plan("--model", "llama-3.1-8b")).isEqualTo(ExitCode.USAGE);
        assertThat(plan("--model", "llama-3.1-8b", "--gpu", "h100", "--quantization", "q4"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(plan("--model", "llama-3.1-8b", "--gpu", "h100", "--gpus", "-1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(plan("--model", "llama-3.1-405b", "--gpu", "l4", "--gpus", "4"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(plan("--model", "llama-3.1-8b", "--gpu", "l4", "--gpus", "1"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(output())
                .contains(
                        "one of llama-2-7b, ",
                        "There is no GPU h300; known are h100, ",
                        "Missing required option: '--gpu=GPU'",
                        "--quantization is q4, must be one of none, fp8, int8, awq, gptq, mxfp4",
                        "--gpus is -1, must be 1 to 4096",
                        "The model does not fit: its weights take 756.0 GiB",
                        "sequences run at the same time, 64 were asked for");
    }

    @Test
    void explainsItself() {
        assertThat(plan("--help")).isZero();
        assertThat(output()).contains("Usage: ./quintet plan", "Exit codes:", "--kv-cache-dtype", "--speculative");
    }

    private static int plan(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "plan";
        System.arraycopy(options, 0, args, 1, options.length);
        return Main.execute(args);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
