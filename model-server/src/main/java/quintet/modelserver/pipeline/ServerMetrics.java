package quintet.modelserver.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import quintet.modelserver.model.FinishReason;

/**
 * What the server tells of itself, in vLLM's names, so that whoever routes by vLLM's metrics routes by these. Two are of its own:
 * decodes and the tokens in them.
 */
final class ServerMetrics {
    private static final String MODEL = "model_name";

    private final MeterRegistry meters;
    private final Tags tags;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicReference<Double> usage = new AtomicReference<>(0.0);
    private final Counter promptTokens;
    private final Counter generationTokens;
    private final Counter prefixQueries;
    private final Counter prefixHits;
    private final Counter drafts;
    private final Counter draftTokens;
    private final Counter acceptedTokens;
    private final Counter decodes;
    private final Counter decodedTokens;
    private final Counter cancelled;
    private final Timer queueTime;
    private final Timer firstToken;
    private final Timer tokenTime;
    private final Timer interToken;
    private final Timer wholeTime;

    ServerMetrics(MeterRegistry meters, String model) {
        this.meters = meters;
        this.tags = Tags.of(Tag.of(MODEL, model));
        gauge("vllm:num_requests_running", "Completions being computed", running);
        gauge("vllm:num_requests_waiting", "Completions that wait for a slot or for cells of the cache", waiting);
        usageGauge("vllm:kv_cache_usage_perc");
        usageGauge("vllm:gpu_cache_usage_perc");
        promptTokens = counter("vllm:prompt_tokens", "Tokens of prompts");
        generationTokens = counter("vllm:generation_tokens", "Tokens of completions");
        prefixQueries = counter("vllm:prefix_cache_queries", "Tokens of prompts that were looked for in the cache");
        prefixHits = counter("vllm:prefix_cache_hits", "Tokens of prompts that were found there");
        drafts = counter("vllm:spec_decode_num_drafts", "Guesses");
        draftTokens = counter("vllm:spec_decode_num_draft_tokens", "Guessed tokens");
        acceptedTokens = counter("vllm:spec_decode_num_accepted_tokens", "Guessed tokens that came");
        decodes = counter("quintet.model.decodes", "Decodes, each of them one pass over the weights");
        decodedTokens = counter("quintet.model.decoded.tokens", "Tokens in decodes");
        cancelled = counter("quintet.model.cancelled", "Completions whose client left");
        queueTime = timer("vllm:request_queue_time", "From the request to its slot");
        firstToken = timer("vllm:time_to_first_token", "From the request to the first token");
        tokenTime = timer("vllm:time_per_output_token", "From one token to the next");
        interToken = timer("vllm:inter_token_latency", "From one token to the next");
        wholeTime = timer("vllm:e2e_request_latency", "From the request to the end of the completion");
    }

    void load(int nowRunning, int nowWaiting, double nowUsed) {
        running.set(nowRunning);
        waiting.set(nowWaiting);
        usage.set(nowUsed);
    }

    void started(Completion completion, int cached) {
        promptTokens.increment(completion.prompt().size());
        prefixQueries.increment(completion.prompt().size());
        prefixHits.increment(cached);
        queueTime.record(since(completion.arrived()));
    }

    void decoded(int tokens) {
        decodes.increment();
        decodedTokens.increment(tokens);
    }

    /** A step brought tokens; those behind the first came in equal parts of the time since the last step. */
    void produced(Completion completion, int tokens) {
        int drafted = completion.draft().size();
        if (drafted > 0) {
            drafts.increment();
            draftTokens.increment(drafted);
            acceptedTokens.increment(completion.accepted());
        }
        if (tokens == 0) {
            return;
        }
        generationTokens.increment(tokens);
        long now = System.nanoTime();
        long before = completion.tokenAt(now);
        if (before == 0) {
            firstToken.record(since(completion.arrived()));
            return;
        }
        Duration each = Duration.ofNanos((now - before) / tokens);
        for (int i = 0; i < tokens; i++) {
            tokenTime.record(each);
            interToken.record(each);
        }
    }

    void finished(Completion completion) {
        @Nullable FinishReason reason = completion.finishReason();
        meters.counter(
                        "vllm:request_success",
                        tags.and("finished_reason", reason == null ? "abort" : reason.wireName()))
                .increment();
        wholeTime.record(since(completion.arrived()));
    }

    void cancelled() {
        cancelled.increment();
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void gauge(String name, String description, AtomicInteger value) {
        Gauge.builder(name, value, AtomicInteger::get)
                .description(description)
                .tags(tags)
                .register(meters);
    }

    private void usageGauge(String name) {
        Gauge.builder(name, usage, AtomicReference::get)
                .description("Share of the cache of keys and values that is in use, 0 to 1")
                .tags(tags)
                .register(meters);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tags(tags).register(meters);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(5))
                .register(meters);
    }
}
