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

class StallGuardTest {
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final ActiveAnswers active = new ActiveAnswers(config(), new SimpleMeterRegistry());

    @Test
    void passesItemsAndCompletionOn() {
        guard(Multi.createFrom().items(1, 2, 3), 1_000, 1_000, 1_000)
                .awaitCompletion(Duration.ofSeconds(2))
                .assertItems(1, 2, 3);
    }

    @Test
    void failsAndCancelsWhenTheFirstItemDoesNotCome() {
        assertReason(guard(never(), 50, 10_000, 10_000), "MODEL_SERVER_UNAVAILABLE", "first token for 50 ms");
    }

    @Test
    void failsAndCancelsWhenTheNextItemDoesNotCome() {
        assertReason(
                guard(
                        Multi.createBy()
                                .concatenating()
                                .streams(Multi.createFrom().item(1), never()),
                        10_000,
                        50,
                        10_000),
                "MODEL_SERVER_UNAVAILABLE",
                "further token for 50 ms");
    }

    @Test
    void failsAtTheDeadlineEvenIfItemsKeepComing() {
        Multi<Integer> steady = Multi.createFrom()
                .ticks()
                .every(Duration.ofMillis(5))
                .map(Long::intValue)
                .onCancellation()
                .invoke(() -> cancelled.set(true));
        assertReason(guard(steady, 10_000, 10_000, 100), "DEADLINE_EXCEEDED", "time for the answer");
    }

    @Test
    void doesNotBlameTheServerForASlowReader() {
        AssertSubscriber<Integer> slow = StallGuard.within(
                        bounds(20, 20, 10_000), active, Multi.createFrom().items(1, 2))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1));
        slow.awaitNextItem();
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(80).toNanos());
        slow.request(5).awaitCompletion(Duration.ofSeconds(2)).assertItems(1, 2);
    }

    @Test
    void endsWhenTheServiceStops() {
        AssertSubscriber<Integer> stream = guard(never(), 10_000, 10_000, 10_000);
        active.stop(new ShutdownDelayInitiatedEvent());
        assertReason(stream, "SHUTTING_DOWN", "stopping");
    }

    @Test
    void cancelsUpstreamWithItsReader() {
        guard(never(), 10_000, 10_000, 10_000).cancel();
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

    private AssertSubscriber<Integer> guard(Multi<Integer> upstream, int firstMs, int betweenMs, int deadlineMs) {
        return StallGuard.within(bounds(firstMs, betweenMs, deadlineMs), active, upstream)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private static StallGuard.Bounds bounds(int firstMs, int betweenMs, int deadlineMs) {
        return new StallGuard.Bounds(
                Duration.ofMillis(firstMs),
                Duration.ofMillis(betweenMs),
                Deadline.after(Duration.ofMillis(deadlineMs)));
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
