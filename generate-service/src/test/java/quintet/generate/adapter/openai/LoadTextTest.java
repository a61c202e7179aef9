package quintet.generate.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import quintet.generate.model.ReplicaLoad;

class LoadTextTest {
    @Test
    void readsVllm() {
        ReplicaLoad load = LoadText.read("""
                # HELP vllm:num_requests_running x
                vllm:num_requests_running{engine="0",model_name="a b"} 3.0
                vllm:num_requests_running{engine="1",model_name="a b"} 4.0
                vllm:num_requests_waiting{engine="0",model_name="a b"} 2
                vllm:kv_cache_usage_perc{engine="0"} 0.25
                vllm:kv_cache_usage_perc{engine="1"} 0.75
                vllm:prefix_cache_queries_total{engine="0"} 200
                vllm:prefix_cache_hits_total{engine="0"} 150
                vllm:spec_decode_num_draft_tokens_total{engine="0"} 1e3
                vllm:spec_decode_num_accepted_tokens_total{engine="0"} 600 1712345678
                vllm:e2e_request_latency_seconds_bucket{le="+Inf"} NaN
                nonsense
                """, 5);
        assertThat(load.ready()).isTrue();
        assertThat(load.look()).isEqualTo(5);
        assertThat(load.running()).hasValue(7);
        assertThat(load.waiting()).hasValue(2);
        assertThat(load.cacheUsage()).hasValue(0.75);
        assertThat(load.prefixHits()).hasValue(0.75);
        assertThat(load.draftAcceptance()).hasValue(0.6);
    }

    @Test
    void readsSglangLlamaCppAndTgi() {
        ReplicaLoad sglang = LoadText.read(
                "sglang:num_running_reqs{} 1\nsglang:num_queue_reqs{} 2\nsglang:token_usage 0.5\nsglang:cache_hit_rate 0.4\n",
                1);
        assertThat(sglang.running()).hasValue(1);
        assertThat(sglang.waiting()).hasValue(2);
        assertThat(sglang.cacheUsage()).hasValue(0.5);
        assertThat(sglang.prefixHits()).hasValue(0.4);
        ReplicaLoad llama = LoadText.read("llamacpp:requests_processing 4\nllamacpp:requests_deferred 1\n", 1);
        assertThat(llama.running()).hasValue(4);
        assertThat(llama.waiting()).hasValue(1);
        assertThat(LoadText.read("tgi_queue_size 9\n", 1).waiting()).hasValue(9);
    }

    @Test
    void knowsNothingOfAServerThatSaysNothing() {
        assertThat(LoadText.read("", 1)).isEqualTo(ReplicaLoad.bare(true, 1));
    }
}
