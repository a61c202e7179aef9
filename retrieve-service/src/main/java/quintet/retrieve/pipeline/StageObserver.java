package quintet.retrieve.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;
import quintet.failure.Failure;

/** Makes a span and a timer of each stage of a search. */
@ApplicationScoped
class StageObserver {
    private final MeterRegistry metrics;
    private final Tracer tracer;

    StageObserver(MeterRegistry metrics, Tracer tracer) {
        this.metrics = metrics;
        this.tracer = tracer;
    }

    /** What a stage gave and how long it took. */
    record Timed<T>(T value, Duration took) {}

    /** Observes {@code work} from its subscription to its end, also when it fails or is cancelled. */
    <T> Uni<Timed<T>> observe(String stage, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            Span span = tracer.spanBuilder("search " + stage).startSpan();
            return work.get()
                    .onTermination()
                    .invoke((_, failure, cancelled) -> {
                        if (failure != null) {
                            span.setStatus(StatusCode.ERROR, Failure.of(failure).reason());
                        }
                        span.end();
                        String outcome = cancelled ? "cancelled" : failure == null ? "ok" : "failed";
                        Timer.builder("quintet.retrieve.stage")
                                .description("Time of a stage of a search")
                                .tag("stage", stage)
                                .tag("outcome", outcome)
                                .publishPercentileHistogram()
                                .register(metrics)
                                .record(Duration.ofNanos(System.nanoTime() - begun));
                    })
                    .map(value -> new Timed<>(value, Duration.ofNanos(System.nanoTime() - begun)));
        });
    }
}
