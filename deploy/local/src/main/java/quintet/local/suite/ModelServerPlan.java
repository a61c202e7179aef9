package quintet.local.suite;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quintet.local.process.Probe;
import quintet.local.process.ProcessPlan;

/**
 * How a model of one's own runs: in a process of its own, so that a crash of native code or a lack of memory ends that process alone.
 * Answers are extracted from the documents until it is back.
 */
final class ModelServerPlan {
    /** Name of the part. */
    static final String NAME = "model-server";

    /** Its heap holds texts and a row of logits a time; the model itself is mapped, outside of it. */
    private static final int HEAP_MIB = 192;

    /** Reading a model of many gigabytes from a slow disk takes minutes. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(15);

    private ModelServerPlan() {}

    static ProcessPlan of(Installation installation, DataFolder data, SuiteSettings settings, AotMode aot, int port) {
        List<String> command = new ArrayList<>();
        command.add(Installation.java().toString());
        command.addAll(aot.flags(NAME));
        // With the optimizing compiler: sampling goes over the whole vocabulary for every token.
        command.addAll(JvmOptions.lean(HEAP_MIB));
        command.add(Leftovers.tag(data));
        command.addAll(List.of("-jar", installation.modelServerJar().toString()));
        return new ProcessPlan(
                NAME,
                command,
                environment(installation, data, settings, port),
                data.root(),
                data.log(NAME),
                Probe.http(URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port))),
                START_TIMEOUT,
                aot.stopTimeout(),
                ProcessPlan::terminate);
    }

    /** Where the services find it. */
    static SuiteSettings.ModelServer address(SuiteSettings.EmbeddedModel model, int port) {
        return new SuiteSettings.ModelServer(
                List.of(URI.create("http://127.0.0.1:%d/v1".formatted(port))), model.name(), Optional.empty());
    }

    private static Map<String, String> environment(
            Installation installation, DataFolder data, SuiteSettings settings, int port) {
        SuiteSettings.EmbeddedModel model = settings.embeddedModel().orElseThrow();
        Map<String, String> variables = new HashMap<>(JvmOptions.environment());
        variables.put("QUINTET_HTTP_HOST", "127.0.0.1");
        variables.put("QUINTET_HTTP_PORT", Integer.toString(port));
        variables.put("QUINTET_MODEL_FILE", model.file().toString());
        variables.put("QUINTET_MODEL_NAME", model.name());
        variables.put("QUINTET_DRAFT_FILE", model.draft().map(String::valueOf).orElse(""));
        variables.put(
                "QUINTET_LLAMA_LIBRARY", model.library().map(String::valueOf).orElse(""));
        variables.put(
                "QUINTET_LLAMA_CACHE_DIR",
                installation.writableCache(data).resolve("llama").toString());
        model.contextTokens()
                .ifPresent(tokens -> variables.put("QUINTET_MODEL_CONTEXT_TOKENS", Integer.toString(tokens)));
        // Threads that wait for each other must not take the processor from the services while they do.
        variables.put("OMP_WAIT_POLICY", "PASSIVE");
        settings.otlp().ifPresent(endpoint -> variables.put("QUINTET_OTLP_ENDPOINT", endpoint.toString()));
        // Only services call it, over the loopback address.
        variables.put(SuiteSettings.API_KEYS, "");
        return variables;
    }
}
