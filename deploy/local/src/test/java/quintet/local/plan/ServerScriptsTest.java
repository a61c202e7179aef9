package quintet.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code vllm-common}, run by the shell of this machine with programs of its own in the place of vLLM and curl. */
class ServerScriptsTest {
    private static final Path SCRIPTS = Kustomizations.COMPONENTS.resolve("vllm-common");

    @TempDir
    Path folder;

    private Path programs = Path.of("");
    private Path arguments = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        assumeThat(Path.of("/bin/sh")).isExecutable();
        programs = Files.createDirectory(folder.resolve("bin"));
        arguments = Files.createDirectory(folder.resolve("arguments"));
        program("vllm", "printf '%s\\n' \"$@\"");
        program("sleep", "echo slept >> " + folder.resolve("slept"));
    }

    @Test
    void startsWithWhatThePlanSays() throws Exception {
        Plan plan = PlanRequests.of("llama-3.1-8b", "h100").concurrency(32).plan();
        write(plan.arguments().values());
        List<String> words = new ArrayList<>(run("start.sh", Map.of()).lines().toList());
        assertThat(words.subList(0, 6))
                .containsExactly("serve", "meta-llama/Llama-3.1-8B-Instruct", "--host", "0.0.0.0", "--port", "8000");
        List<String> command = plan.arguments().commands().getFirst();
        // Sizes of one are left out of what a person copies.
        List<String> started = words.subList(6, words.size());
        assertThat(started).containsAll(command.subList(3, command.size()));
        assertThat(started).hasSize(command.size() - 3 + 2 * 3);
        assertThat(started)
                .containsSubsequence("--speculative-config", plan.drafter().argument());
    }

    @Test
    void leavesOutWhatIsEmptyAndNegatesWhatIsFalse() throws Exception {
        write(Map.of("model", "m", "quantization", "", "enable-prefix-caching", "false"));
        assertThat(run("start.sh", Map.of()).lines())
                .containsExactly("serve", "m", "--host", "0.0.0.0", "--port", "8000", "--no-enable-prefix-caching");
    }

    @Test
    void theFirstMachineSpeaksAndTheOthersCompute() throws Exception {
        write(Map.of("model", "m"));
        Map<String, String> first = Map.of("VLLM_NODES", "2", "VLLM_NODE_RANK", "0", "VLLM_FIRST_NODE", "first");
        assertThat(run("start.sh", first).lines())
                .endsWith("--nnodes", "2", "--node-rank", "0", "--master-addr", "first");
        Map<String, String> second = Map.of("VLLM_NODES", "2", "VLLM_NODE_RANK", "1", "VLLM_FIRST_NODE", "first");
        assertThat(run("start.sh", second).lines())
                .endsWith("--node-rank", "1", "--master-addr", "first", "--headless");
    }

    @Test
    void refusesToStartWithoutAModel() throws Exception {
        write(Map.of("max-num-seqs", "4"));
        assertThat(run("start.sh", Map.of())).contains("no model is named", "exit 2");
    }

    @Test
    void waitsUntilNothingRunsAndNothingWaits() throws Exception {
        // Each call of curl finds one request less.
        Path left = Files.writeString(folder.resolve("left"), "3");
        program(
                "curl",
                "n=$(cat " + left
                        + ")\necho 'vllm:num_requests_running{model=\"m\"} '$n'.0'\necho 'vllm:num_requests_waiting{model=\"m\"} 0.0'\n"
                        + "echo $((n - 1)) > " + left);
        assertThat(run("drain.sh", Map.of())).isEmpty();
        assertThat(Files.readString(left).strip()).isEqualTo("-1");
        assertThat(Files.readAllLines(folder.resolve("slept"))).hasSize(4);
    }

    @Test
    void doesNotWaitForAServerThatIsGoneAndNotForEver() throws Exception {
        program("curl", "exit 7");
        assertThat(run("drain.sh", Map.of())).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("slept"))).hasSize(1);
        program("curl", "echo 'vllm:num_requests_running 5'");
        assertThat(run("drain.sh", Map.of("VLLM_DRAIN_ROUNDS", "3"))).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("slept"))).hasSize(1 + 1 + 3);
    }

    private void write(Map<String, String> values) throws IOException {
        for (Map.Entry<String, String> argument : values.entrySet()) {
            Files.writeString(arguments.resolve(argument.getKey()), argument.getValue());
        }
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What a script says on both channels, and its exit code where it isn't 0. */
    private String run(String script, Map<String, String> environment) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", SCRIPTS.resolve(script).toString()).redirectErrorStream(true);
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.put("PATH", programs + ":" + System.getenv("PATH"));
        variables.put("HOME", folder.resolve("home").toString());
        variables.put("VLLM_ARGUMENTS", arguments.toString());
        builder.environment().putAll(variables);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0 ? said : said + "exit " + process.exitValue();
    }
}
