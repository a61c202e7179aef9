package quintet.generate.pipeline;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import quintet.failure.Failure;

/** The answers that are being written: bounds their number, and ends them when the service has to stop. */
@ApplicationScoped
class ActiveAnswers {
    private static final Logger LOG = Logger.getLogger(ActiveAnswers.class);
    /** Reason of an answer that ends because the service does. */
    static final String SHUTTING_DOWN = "SHUTTING_DOWN";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AtomicInteger count = new AtomicInteger();
    private final Set<Consumer<Failure>> streams = ConcurrentHashMap.newKeySet();
    private final int max;
    private final Duration grace;
    private volatile boolean stopping;

    ActiveAnswers(GenerateConfig config, MeterRegistry meters) {
        this.max = config.maxConcurrentAnswers();
        this.grace = config.shutdownGrace();
        Gauge.builder("quintet.generate.active", count, AtomicInteger::get)
                .description("Answers being written")
                .register(meters);
    }

    /** Returns {@code answer} if there is room for it; it fails with OVERLOADED or SHUTTING_DOWN if there is none. */
    <T> Multi<T> admit(Multi<T> answer) {
        return Multi.createFrom().deferred(() -> {
            if (stopping) {
                return Multi.createFrom().failure(shuttingDown());
            }
            if (count.incrementAndGet() > max) {
                count.decrementAndGet();
                return Multi.createFrom().failure(overloaded());
            }
            return answer.onTermination().invoke(count::decrementAndGet);
        });
    }

    /** Adds a stream that is told when the service has to stop before the stream has ended; the caller removes it. */
    void add(Consumer<Failure> stream) {
        streams.add(stream);
    }

    /** Removes a stream that has ended. */
    void remove(Consumer<Failure> stream) {
        streams.remove(stream);
    }

    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
        LOG.infof("stopping, answers=%d, grace=%s", count.get(), grace);
        var _ = Infrastructure.getDefaultWorkerPool()
                .schedule(
                        () -> streams.forEach(stream -> stream.accept(shuttingDown())),
                        grace.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private Failure overloaded() {
        return Failure.overloaded(
                "OVERLOADED", "%d answers are being written, that is the most at once".formatted(max), RETRY_AFTER);
    }

    private static Failure shuttingDown() {
        return Failure.unavailable(SHUTTING_DOWN, "the service is stopping, ask again", null);
    }
}
