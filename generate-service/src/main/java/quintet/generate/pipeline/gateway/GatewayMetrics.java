package quintet.generate.pipeline.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import quintet.failure.Failure;
import quintet.generate.model.Pace;

/** What an operator wants to know about the model servers and the way to them. */
final class GatewayMetrics {
    private final MeterRegistry meters;
    private final Timer queued;
    private final Timer firstToken;
    private final Timer betweenTokens;
    private final DistributionSummary tokensPerSecond;
    private final Counter retries;
    private final Counter cancelled;

    GatewayMetrics(MeterRegistry meters, Admission admission) {
        this.meters = meters;
        queued = timer("quintet.generate.model.queue", "Wait of a prompt for its turn");
        firstToken = timer("quintet.generate.model.first.token", "From sending a prompt to the first token");
        betweenTokens = timer("quintet.generate.model.between.tokens", "From one token to the next");
        tokensPerSecond = DistributionSummary.builder("quintet.generate.model.tokens.per.second")
                .description("Tokens of an answer by second, from sending the prompt to the last token")
                .publishPercentileHistogram()
                .minimumExpectedValue(1.0)
                .maximumExpectedValue(10_000.0)
                .register(meters);
        retries = meters.counter("quintet.generate.model.retries");
        cancelled = meters.counter("quintet.generate.model.cancelled");
        Gauge.builder("quintet.generate.model.waiting", admission, Admission::waiting)
                .description("Prompts that wait for their turn")
                .register(meters);
        admission.members().forEach(this::register);
    }

    private void register(Member member) {
        gauge(member, "streams", Member::streams);
        gauge(member, "streams.limit", m -> m.limit().value());
        gauge(member, "available", m -> m.available(System.nanoTime()) ? 1 : 0);
        gauge(member, "requests.running", m -> value(m.replica().load().running()));
        gauge(member, "requests.waiting", m -> value(m.replica().load().waiting()));
        gauge(member, "cache.usage", m -> value(m.replica().load().cacheUsage()));
        gauge(member, "prefix.hits", m -> value(m.replica().load().prefixHits()));
        gauge(member, "draft.acceptance", m -> value(m.replica().load().draftAcceptance()));
    }

    private void gauge(Member member, String name, ToDoubleFunction<Member> value) {
        Gauge.builder("quintet.generate.model.server." + name, member, value)
                .tag("server", member.replica().name())
                .register(meters);
    }

    private static double value(OptionalDouble known) {
        return known.orElse(Double.NaN);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(meters);
    }

    void sent(Duration wait) {
        queued.record(wait);
    }

    void firstToken(Duration time) {
        firstToken.record(time);
    }

    void nextToken(Duration time) {
        betweenTokens.record(time);
    }

    void completed(Pace pace) {
        tokensPerSecond.record(pace.tokensPerSecond());
    }

    void retried() {
        retries.increment();
    }

    void cancelled() {
        cancelled.increment();
    }

    void failed(Failure failure, String server) {
        meters.counter("quintet.generate.model.failures", "reason", failure.reason(), "server", server)
                .increment();
    }

    void refused(Failure failure) {
        meters.counter("quintet.generate.model.refused", "reason", failure.reason())
                .increment();
    }
}
