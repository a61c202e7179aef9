package quintet.local.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import quintet.local.plan.model.KvCacheType;
import quintet.local.plan.model.Quantization;

/**
 * The arguments of {@code vllm serve}, by name without dashes, in order. An empty value stands for an argument that is left out: it is kept so that
 * a plan puts itself in the place of any other.
 */
public final class ServerArguments {
    /** Where a server of several machines is found by its parts; the reader puts in the address. */
    static final String FIRST_NODE = "FIRST_NODE";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Layout layout;

    private ServerArguments(Layout layout) {
        this.layout = layout;
    }

    static ServerArguments of(
            String model,
            Quantization quantization,
            KvCacheType cache,
            Drafter drafter,
            Workload load,
            Candidate best) {
        ServerArguments arguments = new ServerArguments(best.layout());
        Map<String, String> values = arguments.values;
        values.put("model", model);
        values.put("max-model-len", Integer.toString(load.contextTokens()));
        values.put("max-num-seqs", Integer.toString(best.serving()));
        values.put("max-num-batched-tokens", Integer.toString(best.stepTokens()));
        values.put("gpu-memory-utilization", String.format(Locale.ROOT, "%.2f", GpuMemory.UTILIZATION));
        values.put("tensor-parallel-size", Integer.toString(best.layout().tensorParallel()));
        values.put("pipeline-parallel-size", Integer.toString(best.layout().pipelineParallel()));
        values.put("data-parallel-size", "1");
        values.put("quantization", online(quantization) ? quantization.method().word() : "");
        values.put("kv-cache-dtype", cache.word());
        values.put("enable-chunked-prefill", "true");
        values.put("enable-prefix-caching", "true");
        values.put("speculative-config", drafter.argument());
        return arguments;
    }

    /** Whether the server is to quantize 16-bit weights while it loads them; other methods need a checkpoint that says so itself. */
    private static boolean online(Quantization quantization) {
        return !quantization.inCheckpoint() && quantization.method() == Quantization.Method.FP8;
    }

    /** By name; an empty value stands for an argument that is left out. */
    public Map<String, String> values() {
        return new LinkedHashMap<>(values);
    }

    /** The command of each machine of one server. */
    public List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        int nodes = layout.nodesOfServer();
        for (int node = 0; node < nodes; node++) {
            List<String> words = new ArrayList<>(List.of("vllm", "serve", values.getOrDefault("model", "")));
            values.forEach((name, value) -> add(words, name, value));
            if (nodes > 1) {
                words.addAll(List.of("--distributed-executor-backend", "mp", "--nnodes", Integer.toString(nodes)));
                words.addAll(List.of("--node-rank", Integer.toString(node), "--master-addr", FIRST_NODE));
                if (node > 0) {
                    words.add("--headless");
                }
            }
            commands.add(words);
        }
        return commands;
    }

    private static void add(List<String> words, String name, String value) {
        boolean sizeOfOne = name.endsWith("-parallel-size") && value.equals("1");
        if (value.isEmpty() || sizeOfOne || name.equals("model")) {
            return;
        }
        words.add("--" + name);
        if (!value.equals("true")) {
            words.add(value);
        }
    }

    /** A command for a POSIX shell, an argument a line. */
    static String shell(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.isEmpty() ? "" : word.startsWith("--") ? " \\\n    " : " ");
            line.append(word.matches("[\\w./~:=-]+") ? word : "'" + word + "'");
        }
        return line.toString();
    }
}
