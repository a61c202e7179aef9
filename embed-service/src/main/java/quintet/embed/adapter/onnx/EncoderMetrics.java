package quintet.embed.adapter.onnx;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import quintet.embed.model.Urgency;
import quintet.encoder.BiEncoder;
import quintet.encoder.RunListener;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

/** Figures of the model: how long texts wait, how long they take, how many tokens a second and how many a run. */
final class EncoderMetrics implements RunListener {
    private final Timer interactiveQueue;
    private final Timer bulkQueue;
    private final Timer compute;
    private final DistributionSummary runTokens;
    private final Counter tokens;
    private final Counter refused;

    EncoderMetrics(MeterRegistry registry) {
        interactiveQueue = queueTimer(registry, Urgency.INTERACTIVE);
        bulkQueue = queueTimer(registry, Urgency.BULK);
        compute = Timer.builder("quintet.embed.compute.time")
                .description("Time of a text in the model")
                .publishPercentileHistogram()
                .register(registry);
        runTokens = DistributionSummary.builder("quintet.embed.run.tokens")
                .description("Tokens that went through the model in one run")
                .serviceLevelObjectives(8, 16, 32, 64, 96, 128, 192, 256, 384, 512)
                .register(registry);
        tokens = Counter.builder("quintet.embed.tokens")
                .description("Tokens that went through the model")
                .register(registry);
        refused = Counter.builder("quintet.embed.refused")
                .description("Requests refused because the queue was full")
                .register(registry);
    }

    /** Shows from now on how much waits for an encoder. */
    void watch(MeterRegistry registry, BiEncoder encoder) {
        gauge(registry, encoder, Urgency.INTERACTIVE, e -> e.waiting(Priority.INTERACTIVE));
        gauge(registry, encoder, Urgency.BULK, e -> e.waiting(Priority.BULK));
    }

    @Override
    public void ran(int sequences, int tokenCount, Duration took) {
        runTokens.record(tokenCount);
        tokens.increment(tokenCount);
    }

    void embedded(Timed<?> result, Urgency urgency) {
        (urgency == Urgency.INTERACTIVE ? interactiveQueue : bulkQueue).record(result.queueTime());
        compute.record(result.computeTime());
    }

    void refused() {
        refused.increment();
    }

    private static Timer queueTimer(MeterRegistry registry, Urgency urgency) {
        return Timer.builder("quintet.embed.queue.time")
                .description("Time that a text waited for a worker")
                .tag("urgency", tag(urgency))
                .publishPercentileHistogram()
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry, BiEncoder encoder, Urgency urgency, ToDoubleFunction<BiEncoder> waiting) {
        var _ = Gauge.builder("quintet.embed.queue.size", encoder, waiting)
                .description("Texts that wait for a worker")
                .tag("urgency", tag(urgency))
                .register(registry);
    }

    private static String tag(Urgency urgency) {
        return urgency == Urgency.INTERACTIVE ? "interactive" : "bulk";
    }
}
