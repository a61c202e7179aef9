package quintet.rerank.adapter.onnx;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import quintet.encoder.CrossEncoder;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

/** Figures of the model: how long pairs wait, how long they take, how many tokens a second, how many come too late. */
final class EncoderMetrics {
    private final Timer queue;
    private final Timer compute;
    private final Counter tokens;
    private final Counter refused;
    private final Counter late;

    EncoderMetrics(MeterRegistry registry, CrossEncoder encoder) {
        queue = Timer.builder("quintet.rerank.queue.time")
                .description("Time that a pair waited for a worker")
                .publishPercentileHistogram()
                .register(registry);
        compute = Timer.builder("quintet.rerank.compute.time")
                .description("Time of a pair in the model")
                .publishPercentileHistogram()
                .register(registry);
        tokens = counter(registry, "quintet.rerank.tokens", "Tokens that went through the model");
        refused = counter(registry, "quintet.rerank.refused", "Requests refused because the queue was full");
        late = counter(registry, "quintet.rerank.late", "Pairs that there was no time for");
        var _ = Gauge.builder("quintet.rerank.queue.size", encoder, e -> e.waiting(Priority.INTERACTIVE))
                .description("Pairs that wait for a worker")
                .register(registry);
    }

    void ran(Timed<?> result, int tokenCount) {
        queue.record(result.queueTime());
        compute.record(result.computeTime());
        tokens.increment(tokenCount);
    }

    void refused() {
        refused.increment();
    }

    void late() {
        late.increment();
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
