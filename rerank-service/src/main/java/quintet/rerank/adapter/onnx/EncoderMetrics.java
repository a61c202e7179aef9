package quintet.rerank.adapter.onnx;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import quintet.encoder.CrossEncoder;
import quintet.encoder.RunListener;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

/** Figures of the model: how long pairs wait, how long they take, how many tokens a second and a run, how many come too late. */
final class EncoderMetrics implements RunListener {
    private final Timer queue;
    private final Timer compute;
    private final DistributionSummary runTokens;
    private final Counter tokens;
    private final Counter refused;
    private final Counter late;

    EncoderMetrics(MeterRegistry registry) {
        queue = Timer.builder("quintet.rerank.queue.time")
                .description("Time that a pair waited for a worker")
                .publishPercentileHistogram()
                .register(registry);
        compute = Timer.builder("quintet.rerank.compute.time")
                .description("Time of a pair in the model")
                .publishPercentileHistogram()
                .register(registry);
        runTokens = DistributionSummary.builder("quintet.rerank.run.tokens")
                .description("Tokens that went through the model in one run")
                .serviceLevelObjectives(8, 16, 32, 64, 96, 128, 192, 256, 384, 512)
                .register(registry);
        tokens = counter(registry, "quintet.rerank.tokens", "Tokens that went through the model");
        refused = counter(registry, "quintet.rerank.refused", "Requests refused because the queue was full");
        late = counter(registry, "quintet.rerank.late", "Pairs that there was no time for");
    }

    /** Shows from now on how much waits for an encoder. */
    void watch(MeterRegistry registry, CrossEncoder encoder) {
        var _ = Gauge.builder("quintet.rerank.queue.size", encoder, e -> e.waiting(Priority.INTERACTIVE))
                .description("Pairs that wait for a worker")
                .register(registry);
    }

    @Override
    public void ran(int sequences, int tokenCount, Duration took) {
        runTokens.record(tokenCount);
        tokens.increment(tokenCount);
    }

    void scored(Timed<?> result) {
        queue.record(result.queueTime());
        compute.record(result.computeTime());
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
