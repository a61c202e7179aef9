package quintet.generate.pipeline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final long SECOND = 1_000_000_000L;
    private final Breaker breaker = new Breaker(3, Duration.ofSeconds(1), Duration.ofSeconds(4));

    @Test
    void opensAfterSoManyFailuresInARow() {
        assertThat(breaker.failed(0)).isFalse();
        assertThat(breaker.failed(0)).isFalse();
        breaker.succeeded();
        assertThat(breaker.failed(0)).isFalse();
        assertThat(breaker.failed(0)).isFalse();
        assertThat(breaker.allows(0)).isTrue();
        assertThat(breaker.failed(0)).isTrue();
        assertThat(breaker.allows(SECOND - 1)).isFalse();
        assertThat(breaker.allows(SECOND)).isTrue();
    }

    @Test
    void letsOneTryAndDoublesThePauseUpToABound() {
        open();
        long now = 0;
        for (long pause : new long[] {1, 2, 4, 4}) {
            now += pause * SECOND;
            assertThat(breaker.allows(now - 1)).isFalse();
            assertThat(breaker.allows(now)).isTrue();
            breaker.sent();
            assertThat(breaker.allows(now)).isFalse();
            assertThat(breaker.failed(now)).isFalse();
        }
    }

    @Test
    void closesWhenTheTrySucceeds() {
        open();
        breaker.sent();
        breaker.succeeded();
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.allows(0)).isTrue();
    }

    @Test
    void letsAnotherTryWhenTheFirstWasGivenUp() {
        open();
        breaker.sent();
        assertThat(breaker.allows(SECOND)).isFalse();
        breaker.abandoned();
        assertThat(breaker.allows(SECOND)).isTrue();
    }

    @Test
    void isTriedAtOnceWhenTheServerHasReturned() {
        open();
        breaker.returned(5);
        assertThat(breaker.allows(5)).isTrue();
    }

    private void open() {
        for (int i = 0; i < 3; i++) {
            var _ = breaker.failed(0);
        }
        assertThat(breaker.isOpen()).isTrue();
    }
}
