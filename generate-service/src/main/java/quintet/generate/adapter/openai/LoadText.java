package quintet.generate.adapter.openai;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import quintet.generate.model.ReplicaLoad;

/**
 * Reads load out of a server's metrics in Prometheus's text format, by the names that vLLM, SGLang, llama.cpp's server and TGI use.
 * Counts of several engines behind one address are added up; of shares the highest counts.
 */
final class LoadText {
    private static final List<String> RUNNING = List.of(
            "vllm:num_requests_running",
            "sglang:num_running_reqs",
            "llamacpp:requests_processing",
            "tgi_batch_current_size");
    private static final List<String> WAITING = List.of(
            "vllm:num_requests_waiting", "sglang:num_queue_reqs", "llamacpp:requests_deferred", "tgi_queue_size");
    private static final List<String> CACHE_USAGE = List.of(
            "vllm:kv_cache_usage_perc",
            "vllm:gpu_cache_usage_perc",
            "sglang:token_usage",
            "llamacpp:kv_cache_usage_ratio");
    private static final List<String> PREFIX_QUERIES =
            List.of("vllm:prefix_cache_queries_total", "vllm:gpu_prefix_cache_queries_total");
    private static final List<String> PREFIX_HITS =
            List.of("vllm:prefix_cache_hits_total", "vllm:gpu_prefix_cache_hits_total");
    private static final List<String> PREFIX_RATE = List.of("sglang:cache_hit_rate");
    private static final List<String> DRAFTED = List.of("vllm:spec_decode_num_draft_tokens_total");
    private static final List<String> ACCEPTED = List.of("vllm:spec_decode_num_accepted_tokens_total");
    private static final List<String> ACCEPT_RATE = List.of("sglang:spec_accept_rate");

    private final Map<String, Double> sums = new HashMap<>();
    private final Map<String, Double> highest = new HashMap<>();

    private LoadText(String text) {
        text.lines().forEach(this::read);
    }

    /** Returns what a server says in {@code text} about its load; it is ready. */
    static ReplicaLoad read(String text, long look) {
        LoadText metrics = new LoadText(text);
        return new ReplicaLoad(
                true,
                look,
                first(metrics.sums, RUNNING),
                first(metrics.sums, WAITING),
                first(metrics.highest, CACHE_USAGE),
                metrics.rate(PREFIX_HITS, PREFIX_QUERIES, PREFIX_RATE),
                metrics.rate(ACCEPTED, DRAFTED, ACCEPT_RATE));
    }

    private void read(String line) {
        if (line.isEmpty() || line.charAt(0) == '#') {
            return;
        }
        int brace = line.indexOf('{');
        int space = line.indexOf(' ');
        int nameEnd = brace >= 0 && (space < 0 || brace < space) ? brace : space;
        int labelsEnd = nameEnd == brace && brace >= 0 ? line.lastIndexOf('}') + 1 : nameEnd;
        if (nameEnd <= 0 || labelsEnd <= 0) {
            return;
        }
        String[] rest = line.substring(labelsEnd).strip().split("\\s+", -1);
        try {
            double value = Double.parseDouble(rest[0]);
            if (Double.isFinite(value)) {
                String name = line.substring(0, nameEnd);
                sums.merge(name, value, Double::sum);
                highest.merge(name, value, Math::max);
            }
        } catch (NumberFormatException e) {
            // A line that is no sample says nothing about load.
        }
    }

    private OptionalDouble rate(List<String> hits, List<String> of, List<String> ready) {
        OptionalDouble part = first(sums, hits);
        OptionalDouble whole = first(sums, of);
        return part.isPresent() && whole.isPresent() && whole.getAsDouble() > 0
                ? OptionalDouble.of(part.getAsDouble() / whole.getAsDouble())
                : first(highest, ready);
    }

    private static OptionalDouble first(Map<String, Double> values, List<String> names) {
        return names.stream()
                .filter(values::containsKey)
                .mapToDouble(values::get)
                .findFirst();
    }
}
