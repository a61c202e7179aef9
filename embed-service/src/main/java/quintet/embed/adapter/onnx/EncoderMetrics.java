package quintet.embed.adapter.onnx;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.ToDoubleFunction;
import quintet.embed.model.Urgency;
import quintet.encoder.BiEncoder;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

/** Figures of the model: how long texts wait, how long they take, how many tokens a second. */
final class EncoderMetrics {
    private final Timer interactiveQueue;
    private final Timer bulkQueue;
    private final Timer compute;
    private final Counter tokens;
    private final Counter refused;

    EncoderMetrics(MeterRegistry registry, BiEncoder encoder) {
        interactiveQueue = queueTimer(registry, Urgency.INTERACTIVE);
        bulkQueue = queueTimer(registry, Urgency.BULK);
        compute = Timer.builder("quintet.embed.compute.time")
                .description("Time of a text in the model")
                .publishPercentileHistogram()
                .register(registry);
        tokens = Counter.builder("quintet.embed.tokens")
                .description("Tokens that went through the model")
                .register(registry);
        refused = Counter.builder("quintet.embed.refused")
                .description("Requests refused because the queue was full")
                .register(registry);
        gauge(registry, encoder, Urgency.INTERACTIVE, e -> e.waiting(Priority.INTERACTIVE));
        gauge(registry, encoder, Urgency.BULK, e -> e.waiting(Priority.BULK));
    }

    void ran(Timed<?> result, int tokenCount, Urgency urgency) {
        (urgency == Urgency.INTERACTIVE ? interactiveQueue : bulkQueue).record(result.queueTime());
        compute.record(result.computeTime());
        tokens.increment(tokenCount);
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
