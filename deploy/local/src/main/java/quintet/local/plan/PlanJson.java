package quintet.local.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quintet.local.plan.model.ModelShape;

/** A plan for programs. Sizes are bytes, times milliseconds; every name says so. */
public final class PlanJson {
    private PlanJson() {}

    /** As nested maps, in order. */
    public static Map<String, Object> of(Plan plan) {
        PlanRequest request = plan.request();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model(plan));
        json.put("gpu", request.gpu());
        json.put("load", request.load());
        json.put("carriesLoad", plan.carries());
        json.put("best", candidate(plan.best()));
        json.put("others", plan.others().stream().map(PlanJson::candidate).toList());
        json.put("drafter", plan.drafter().describe());
        json.put("notes", plan.notes());
        json.put("arguments", plan.arguments().values());
        json.put("commands", plan.arguments().commands());
        json.put("kustomization", KustomizeValues.of(plan));
        return json;
    }

    private static Map<String, Object> model(Plan plan) {
        ModelShape shape = plan.request().shape();
        int bytes = plan.request().cache().bytes();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", plan.request().name());
        json.put("type", shape.type());
        json.put("parameters", shape.parameters().total());
        json.put("parametersComputedPerToken", Math.round(shape.parameters().computed(shape.experts())));
        json.put("layers", shape.windows().layers());
        json.put("attention", shape.attention().describe());
        json.put("windows", shape.windows().describe());
        json.put("quantization", plan.quantization().method().word());
        json.put("kvBytesPerToken", shape.cacheBytesPerToken(bytes));
        json.put(
                "kvBytesOfLongest",
                shape.cacheBytesOfSequence(plan.request().load().contextTokens(), bytes));
        return json;
    }

    private static Map<String, Object> candidate(Candidate candidate) {
        Layout layout = candidate.layout();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gpus", layout.gpus());
        json.put("tensorParallel", layout.tensorParallel());
        json.put("pipelineParallel", layout.pipelineParallel());
        json.put("servers", layout.servers());
        json.put("machinesOfServer", layout.nodesOfServer());
        json.put("sequencesOfLongest", candidate.sequencesOfLongest());
        json.put("sequencesOfUsual", candidate.sequencesOfUsual());
        json.put("sequencesServed", candidate.serving());
        json.put("stepTokens", candidate.stepTokens());
        json.put("memoryBytes", memory(candidate.memory()));
        json.put("speed", candidate.speed());
        return json;
    }

    private static Map<String, Long> memory(GpuMemory memory) {
        List<String> names =
                List.of("total", "budget", "weights", "draft", "activations", "cudaGraphs", "runtime", "keysAndValues");
        List<Long> values = List.of(
                memory.total(),
                memory.budget(),
                memory.weights(),
                memory.draft(),
                memory.activations(),
                memory.graphs(),
                memory.runtime(),
                memory.cache());
        Map<String, Long> json = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            json.put(names.get(i), values.get(i));
        }
        return json;
    }
}
