package quintet.embed.adapter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import quintet.embed.model.Urgency;
import quintet.encoder.RunListener;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

/** Figures of a model with a queue: how long texts wait, how long they take, how many tokens a second and how many a run. */
public final class EncoderMetrics implements RunListener {
    private final Timer interactiveQueue;
    private final Timer bulkQueue;
    private final Timer compute;
    private final DistributionSummary runTokens;
    private final Counter tokens;
    private final Counter refused;

    /** Registers the figures. */
    public EncoderMetrics(MeterRegistry registry) {
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

    /** Shows from now on how many texts of a priority wait. */
    public void watch(MeterRegistry registry, ToIntFunction<Priority> waiting) {
        gauge(registry, Urgency.INTERACTIVE, () -> waiting.applyAsInt(Priority.INTERACTIVE));
        gauge(registry, Urgency.BULK, () -> waiting.applyAsInt(Priority.BULK));
    }

    @Override
    public void ran(int sequences, int tokenCount, Duration took) {
        // An image has none.
        if (tokenCount > 0) {
            runTokens.record(tokenCount);
            tokens.increment(tokenCount);
        }
    }

    /** Hears of a text that has its vector. */
    public void embedded(Timed<?> result, Urgency urgency) {
        (urgency == Urgency.INTERACTIVE ? interactiveQueue : bulkQueue).record(result.queueTime());
        compute.record(result.computeTime());
    }

    /** Hears of a request that was refused because the queue was full. */
    public void refused() {
        refused.increment();
    }

    private static Timer queueTimer(MeterRegistry registry, Urgency urgency) {
        return Timer.builder("quintet.embed.queue.time")
                .description("Time that a text waited for a worker")
                .tag("urgency", tag(urgency))
                .publishPercentileHistogram()
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, Urgency urgency, Supplier<Number> waiting) {
        var _ = Gauge.builder("quintet.embed.queue.size", waiting)
                .description("Texts that wait for a worker")
                .tag("urgency", tag(urgency))
                .register(registry);
    }

    private static String tag(Urgency urgency) {
        return urgency == Urgency.INTERACTIVE ? "interactive" : "bulk";
    }
}
