package quintet.generate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.generate.model.Deadline;

class AnswerGuardTest {
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final ActiveAnswers active = new ActiveAnswers(config(), new SimpleMeterRegistry());

    @Test
    void passesItemsAndCompletionOn() {
        guard(Multi.createFrom().items(1, 2, 3), 10_000)
                .awaitCompletion(Duration.ofSeconds(2))
                .assertItems(1, 2, 3);
    }

    @Test
    void failsAtTheDeadlineEvenIfItemsKeepComing() {
        Multi<Integer> steady = Multi.createFrom()
                .ticks()
                .every(Duration.ofMillis(5))
                .map(Long::intValue)
                .onCancellation()
                .invoke(() -> cancelled.set(true));
        assertReason(guard(steady, 100), "DEADLINE_EXCEEDED", "time for the answer");
    }

    @Test
    void failsAtTheDeadlineIfNothingComes() {
        assertReason(guard(never(), 50), "DEADLINE_EXCEEDED", "time for the answer");
    }

    @Test
    void endsWhenTheServiceStops() {
        AssertSubscriber<Integer> stream = guard(never(), 10_000);
        active.stop(new ShutdownDelayInitiatedEvent());
        assertReason(stream, "SHUTTING_DOWN", "stopping");
    }

    @Test
    void cancelsUpstreamWithItsReader() {
        guard(never(), 10_000).cancel();
        assertThat(cancelled).isTrue();
    }

    @Test
    void refusesMoreAnswersThanTheBound() {
        active.admit(Multi.createFrom().nothing()).subscribe().withSubscriber(AssertSubscriber.create(1));
        AssertSubscriber<Object> second =
                active.admit(Multi.createFrom().nothing()).subscribe().withSubscriber(AssertSubscriber.create(1));
        assertThat(((Failure) second.awaitFailure().getFailure()).reason()).isEqualTo("OVERLOADED");
    }

    private void assertReason(AssertSubscriber<Integer> stream, String reason, String words) {
        Failure failure = (Failure) stream.awaitFailure(Duration.ofSeconds(5)).getFailure();
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.message()).contains(words);
        long end = System.nanoTime() + 2_000_000_000L;
        while (!cancelled.get() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(cancelled).isTrue();
    }

    private Multi<Integer> never() {
        return Multi.createFrom().<Integer>nothing().onCancellation().invoke(() -> cancelled.set(true));
    }

    private AssertSubscriber<Integer> guard(Multi<Integer> upstream, int deadlineMs) {
        return AnswerGuard.until(Deadline.after(Duration.ofMillis(deadlineMs)), active, upstream)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private static GenerateConfig config() {
        return new SmallRyeConfigBuilder()
                .withMapping(GenerateConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(Map.of(
                        "quintet.generate.max-concurrent-answers", "1", "quintet.generate.shutdown-grace", "10ms"))
                .build()
                .getConfigMapping(GenerateConfig.class);
    }
}
