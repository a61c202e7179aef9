package quintet.generate.pipeline.gateway;

import java.time.Duration;
import java.util.Optional;

/** What the servers need for a token of a prompt or an answer, learnt from the streams that ended. Not thread-safe. */
final class ServiceTime {
    /** Weight of the newest stream. */
    private static final double ALPHA = 0.1;

    /** Tokens of an answer before any was seen. */
    private static final double FIRST_ANSWER = 128;

    private double answerTokens;
    private double nanosPerToken;

    /** Starts with nothing known but the bound on answers. */
    ServiceTime(int maxTokens) {
        answerTokens = Math.min(FIRST_ANSWER, maxTokens);
    }

    /** Learns from a stream that came to its end. */
    void completed(long promptTokens, long completionTokens, Duration held) {
        answerTokens += ALPHA * (completionTokens - answerTokens);
        double measured = (double) held.toNanos() / Math.max(1, promptTokens + completionTokens);
        nanosPerToken = nanosPerToken == 0 ? measured : nanosPerToken + ALPHA * (measured - nanosPerToken);
    }

    /** Returns how many tokens an answer is expected to have. */
    long answerTokens() {
        return Math.round(answerTokens);
    }

    /** Returns how long one stream is expected to take for so many tokens; empty before the first has ended. */
    Optional<Duration> of(double tokens) {
        return nanosPerToken == 0 ? Optional.empty() : Optional.of(Duration.ofNanos((long) (tokens * nanosPerToken)));
    }
}
