package quintet.generate.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.FinishReason;
import quintet.generate.model.Support;

/** What an operator wants to know about the answers. */
@ApplicationScoped
class AnswerMetrics {
    private final MeterRegistry meters;

    AnswerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void firstToken(Duration sinceQuestion) {
        timer("quintet.generate.first.token", "From the question to the first token")
                .record(sinceQuestion);
    }

    void done(AnswerEvent.Done done, Duration total, int unknownMarks, int links) {
        timer("quintet.generate.answer", "From the question to the end of the answer")
                .record(total);
        meters.counter(
                        "quintet.generate.answers",
                        "finish",
                        done.finishReason().wireName(),
                        "mode",
                        done.mode().name())
                .increment();
        if (done.finishReason() == FinishReason.NO_ANSWER) {
            meters.counter("quintet.generate.no.answer").increment();
        }
        done.degraded()
                .forEach(step -> meters.counter("quintet.generate.degraded", "step", step)
                        .increment());
        if (done.cached()) {
            meters.counter("quintet.generate.cached").increment();
        } else {
            meters.counter("quintet.generate.tokens", "kind", "prompt")
                    .increment(done.usage().promptTokens());
            meters.counter("quintet.generate.tokens", "kind", "completion")
                    .increment(done.usage().completionTokens());
        }
        meters.counter("quintet.generate.citations.unknown").increment(unknownMarks);
        meters.counter("quintet.generate.links.removed").increment(links);
        claims(Support.SUPPORTED, done.claims().supported());
        claims(Support.UNSUPPORTED, done.claims().unsupported());
        claims(Support.UNCHECKED, done.claims().unchecked());
    }

    private void claims(Support support, int count) {
        meters.counter("quintet.generate.claims", "support", support.name().toLowerCase(Locale.ROOT))
                .increment(count);
    }

    void failed(String reason) {
        meters.counter("quintet.generate.failed", "reason", reason).increment();
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .register(meters);
    }
}
