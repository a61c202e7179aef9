package quintet.mock;

/** Whose names the metrics have. */
public enum Dialect {
    /** vLLM's. */
    VLLM,
    /** SGLang's. */
    SGLANG,
    /** Those of llama.cpp's server. */
    LLAMA_CPP,
    /** There are none: 404. */
    NONE;

    /** Returns the page in Prometheus's text format. */
    String page(Counts counts, int slots) {
        double usage = slots == 0 ? 0 : Math.min(1, (double) counts.running() / slots);
        return switch (this) {
            case VLLM ->
                """
                    # HELP vllm:num_requests_running Number of requests in model execution batches.
                    # TYPE vllm:num_requests_running gauge
                    vllm:num_requests_running{engine="0",model_name="mock"} %d.0
                    vllm:num_requests_waiting{engine="0",model_name="mock"} %d.0
                    vllm:kv_cache_usage_perc{engine="0",model_name="mock"} %s
                    vllm:prefix_cache_queries_total{engine="0",model_name="mock"} %d.0
                    vllm:prefix_cache_hits_total{engine="0",model_name="mock"} %d.0
                    vllm:spec_decode_num_draft_tokens_total{engine="0",model_name="mock"} %d.0
                    vllm:spec_decode_num_accepted_tokens_total{engine="0",model_name="mock"} %d.0
                    """.formatted(
                                counts.running(),
                                counts.waiting(),
                                usage,
                                counts.promptTokens(),
                                counts.promptTokens() / 2,
                                counts.tokens(),
                                counts.tokens() * 3 / 5);
            case SGLANG -> """
                    sglang:num_running_reqs{model_name="mock"} %d.0
                    sglang:num_queue_reqs{model_name="mock"} %d.0
                    sglang:token_usage{model_name="mock"} %s
                    sglang:cache_hit_rate{model_name="mock"} 0.5
                    """.formatted(counts.running(), counts.waiting(), usage);
            case LLAMA_CPP -> """
                    llamacpp:requests_processing %d
                    llamacpp:requests_deferred %d
                    llamacpp:kv_cache_usage_ratio %s
                    """.formatted(counts.running(), counts.waiting(), usage);
            case NONE -> "";
        };
    }
}
