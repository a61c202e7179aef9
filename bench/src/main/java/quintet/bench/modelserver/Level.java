package quintet.bench.modelserver;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import quintet.bench.metric.Durations;

/**
 * What came of a number of streams at once.
 *
 * @param streams how many
 * @param speculation whether tokens were guessed
 * @param completions all that were asked for
 * @param took from the first request to the last end
 * @param acceptance share of guessed tokens that came; none if none were guessed, or nobody knows
 * @param decodes passes over the weights; none if the server does not tell
 */
record Level(
        int streams,
        boolean speculation,
        List<Completion> completions,
        Duration took,
        OptionalDouble acceptance,
        OptionalDouble decodes) {
    /** Tokens of all whole completions by second. */
    double tokensPerSecond() {
        return completions.stream()
                        .filter(Completion::ok)
                        .mapToInt(Completion::tokens)
                        .sum()
                / (took.toNanos() / 1e9);
    }

    /** Completions that were refused or not whole. */
    long failed() {
        return completions.stream().filter(completion -> !completion.ok()).count();
    }

    /** Milliseconds to the first text. */
    double firstToken(double percent) {
        return milliseconds(
                completions.stream()
                        .filter(Completion::ok)
                        .map(Completion::firstToken)
                        .toList(),
                percent);
    }

    /** Milliseconds between pieces of text; pieces that were guessed arrive together. */
    double gap(double percent) {
        return milliseconds(
                completions.stream()
                        .flatMap(completion -> completion.gaps().stream())
                        .toList(),
                percent);
    }

    private static double milliseconds(List<Duration> durations, double percent) {
        return durations.isEmpty()
                ? 0
                : new Durations(durations).percentile(percent).toNanos() / 1e6;
    }
}
