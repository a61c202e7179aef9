package quintet.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quintet.local.plan.model.Quantization.Method;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code deploy/kustomize} holds: whole, and the same as the planner says. */
class KustomizeTest {
    /** Arguments of {@code vllm serve} that components and plans use, by vLLM's documentation of engine arguments. */
    private static final Set<String> KNOWN = Set.of(
            "model",
            "max-model-len",
            "max-num-seqs",
            "max-num-batched-tokens",
            "gpu-memory-utilization",
            "tensor-parallel-size",
            "pipeline-parallel-size",
            "data-parallel-size",
            "quantization",
            "kv-cache-dtype",
            "enable-chunked-prefill",
            "enable-prefix-caching",
            "speculative-config",
            "distributed-executor-backend",
            "nnodes",
            "node-rank",
            "master-addr",
            "headless",
            "host",
            "port");

    static List<Path> folders() {
        List<Path> folders = new ArrayList<>(Kustomizations.folders(Kustomizations.COMPONENTS));
        folders.addAll(Kustomizations.folders(Kustomizations.OVERLAYS));
        folders.addAll(Kustomizations.folders(Kustomizations.BASES));
        return folders;
    }

    static List<Path> overlays() {
        return Kustomizations.folders(Kustomizations.OVERLAYS);
    }

    @Test
    void everyFileIsYaml() {
        for (Path file : Kustomizations.files()) {
            if (file.toString().endsWith(".yaml")) {
                assertThatCode(() -> assertThat(Kustomizations.documents(file)).isNotEmpty())
                        .as(file.toString())
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everythingThatIsNamedIsThereAndEverythingThatIsThereIsNamed(Path folder) {
        Map<String, Object> kustomization = Kustomizations.kustomization(folder);
        boolean overlay = !folder.startsWith(Kustomizations.COMPONENTS);
        assertThat(kustomization)
                .containsEntry("kind", overlay ? "Kustomization" : "Component")
                .containsEntry("apiVersion", "kustomize.config.k8s.io/" + (overlay ? "v1beta1" : "v1alpha1"));
        List<String> named = new ArrayList<>(Kustomizations.strings(kustomization, "resources"));
        for (Map<String, Object> generator : Kustomizations.maps(kustomization, "configMapGenerator")) {
            named.addAll(Kustomizations.strings(generator, "files"));
        }
        assertThat(named).allSatisfy(file -> assertThat(folder.resolve(file)).isRegularFile());
        assertThat(Kustomizations.strings(kustomization, "components"))
                .allSatisfy(component -> assertThat(folder.resolve(component).resolve("kustomization.yaml"))
                        .isRegularFile());
        named.add("kustomization.yaml");
        assertThat(Kustomizations.files().stream()
                        .filter(file -> folder.equals(file.getParent()))
                        .map(file -> folder.relativize(file).toString()))
                .isSubsetOf(named);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyArgumentIsOneOfTheServers(Path folder) {
        Map<String, String> literals = Kustomizations.literals(Kustomizations.kustomization(folder));
        assertThat(literals.keySet()).isSubsetOf(KNOWN);
        String drafts = literals.getOrDefault("speculative-config", "");
        if (!drafts.isEmpty()) {
            JsonNode json = JsonMapper.shared().readTree(drafts);
            assertThat(json.path("method").asString()).isIn("ngram", "eagle3");
            assertThat(json.path("num_speculative_tokens").asInt()).isPositive();
        }
    }

    @Test
    void aPlanSaysEveryArgumentOfTheComponentAndNoOther() {
        Set<String> component = Kustomizations.literals(
                        Kustomizations.kustomization(Kustomizations.COMPONENTS.resolve("vllm-common")))
                .keySet();
        Plan plan = PlanRequests.of("llama-3.1-8b", "h100").plan();
        Map<String, Object> printed =
                Kustomizations.documents(KustomizeValues.of(plan)).getFirst();
        assertThat(Kustomizations.literals(printed).keySet()).isEqualTo(component);
        assertThat(Kustomizations.literals(printed)).isEqualTo(plan.arguments().values());
        assertThat(Kustomizations.strings(printed, "resources")).containsExactly("../../base/vllm");
    }

    @Test
    void aPlanOverMachinesNamesTheComponentForThem() {
        Plan plan = PlanRequests.of("llama-3.1-405b", "h100").plan();
        String text = KustomizeValues.of(plan);
        Map<String, Object> printed = Kustomizations.documents(text).getFirst();
        assertThat(Kustomizations.strings(printed, "resources")).containsExactly("../../base/vllm-nodes");
        assertThat(Kustomizations.maps(printed, "replicas").getFirst()).containsEntry("count", 2);
        // The patch counts on it.
        Map<String, Object> set = Kustomizations.documents(
                        Kustomizations.COMPONENTS.resolve("vllm-nodes/stateful-set.yaml"))
                .getFirst();
        assertThat(container(set).get("env").toString()).startsWith("[{name=VLLM_NODES, value=2}");
        assertThat(text).contains("/spec/template/spec/containers/0/env/0/value");
    }

    @Test
    void printedCommandsUseKnownArgumentsOnly() {
        for (List<String> command :
                PlanRequests.of("llama-3.1-405b", "h100").plan().arguments().commands()) {
            assertThat(command.stream().filter(word -> word.startsWith("--")).map(word -> word.substring(2)))
                    .isSubsetOf(KNOWN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vllm-24gb, qwen2.5-7b, l4, 24, AWQ, 1",
        "vllm-80gb, qwen2.5-14b, h100, 24, , 1",
        "vllm-tensor-parallel, llama-3.3-70b, h100, 128, FP8, 4",
        "vllm-pipeline-parallel, llama-3.1-405b, h100, 64, , 16"
    })
    void overlaysSayWhatThePlannerSays(
            String overlay, String model, String gpu, int concurrency, Method method, int gpus) {
        Map<String, String> arguments = Kustomizations.arguments(Kustomizations.OVERLAYS.resolve(overlay));
        PlanRequests request =
                PlanRequests.of(model, gpu).concurrency(concurrency).gpus(gpus);
        request = method == null ? request : request.quantization(method);
        request = arguments.get("kv-cache-dtype").equals("fp8") ? request.fp8Cache() : request;
        Plan plan = request.plan();
        assertThat(plan.carries()).isTrue();
        assertThat(arguments).isEqualTo(plan.arguments().values());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noOverlayDraftsInAPipeline(Path overlay) {
        Map<String, String> arguments = Kustomizations.arguments(overlay);
        assertThat(arguments.get("pipeline-parallel-size").equals("1")
                        || arguments.get("speculative-config").isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"vllm, 1", "vllm-nodes, 2"})
    void serversRunWithoutPrivilegesAndAreReadyWhenTheModelIs(String component, int replicas) {
        Map<String, Object> set = Kustomizations.documents(
                        Kustomizations.COMPONENTS.resolve(component).resolve("stateful-set.yaml"))
                .getFirst();
        Map<String, Object> spec = child(set, "spec");
        assertThat(spec).containsEntry("replicas", replicas);
        Map<String, Object> pod = child(child(spec, "template"), "spec");
        assertThat(child(pod, "securityContext")).containsEntry("runAsNonRoot", true);
        assertThat((int) pod.get("terminationGracePeriodSeconds")).isGreaterThan(300);
        assertThat(pod).containsEntry("automountServiceAccountToken", false);
        Map<String, Object> container = container(set);
        assertThat(child(container, "securityContext"))
                .containsEntry("readOnlyRootFilesystem", true)
                .containsEntry("allowPrivilegeEscalation", false);
        assertThat(container.get("readinessProbe").toString()).contains("/v1/models");
        assertThat(container.get("startupProbe").toString()).contains("/v1/models");
        assertThat(container.get("image")).isEqualTo("vllm/vllm-openai");
        assertThat(container.get("lifecycle").toString()).contains("drain.sh");
        assertThat(spec.get("volumeClaimTemplates").toString()).contains("cache");
    }

    @Test
    void serversAreScaledByWhatWaits() {
        String scaled = Kustomizations.documents(Kustomizations.COMPONENTS.resolve("vllm-keda/scaled-object.yaml"))
                .getFirst()
                .toString();
        assertThat(scaled).contains("vllm:num_requests_waiting", "kind=StatefulSet", "name=vllm");
    }

    @Test
    void everyComponentIsExplainedInThreeLinesOrIsABase() {
        for (Path component : Kustomizations.folders(Kustomizations.COMPONENTS)) {
            String name = String.valueOf(component.getFileName());
            String text = Kustomizations.read(component.resolve("kustomization.yaml"));
            if (!Set.of("vllm", "vllm-nodes", "vllm-common").contains(name)) {
                assertThat(text).as(name).startsWith("# What: ").contains("\n# Why:  ", "\n# When: ");
            }
            assertThat(Kustomizations.read(Kustomizations.ROOT.resolve("README.md")))
                    .contains("components/" + name);
        }
        assertThat(Files.isRegularFile(Kustomizations.ROOT.resolve("README.md")))
                .isTrue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> node, String key) {
        return (Map<String, Object>) node.get(key);
    }

    private static Map<String, Object> container(Map<String, Object> set) {
        return Kustomizations.maps(child(child(child(set, "spec"), "template"), "spec"), "containers")
                .getFirst();
    }
}
