package quintet.bench.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was measured on one way, over all rounds. */
final class TargetFigures {
    private final List<Double> firstTokenMs = new ArrayList<>();
    private final List<Double> firstTokenWithoutStagesMs = new ArrayList<>();
    private final List<Double> jitterMs = new ArrayList<>();
    private final List<Double> tokensPerSecond = new ArrayList<>();
    private Duration processorTime = Duration.ZERO;
    private long tokens;

    /** Adds the streams of a round, and the processor time that was used meanwhile. */
    void add(List<StreamTimes> streams, Duration used) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long count = 0;
        for (StreamTimes stream : streams) {
            firstTokenMs.add(stream.firstTokenMs());
            firstTokenWithoutStagesMs.add(stream.firstTokenWithoutStagesMs());
            for (int i = 1; i < stream.tokens(); i++) {
                jitterMs.add(stream.jitterMs(i));
            }
            first = Math.min(first, stream.firstSent());
            last = Math.max(last, stream.lastCame());
            count += stream.tokens();
        }
        tokensPerSecond.add(count * 1e9 / (last - first));
        processorTime = processorTime.plus(used);
        tokens += count;
    }

    double firstTokenMs(double percent) {
        return quantile(firstTokenMs, percent);
    }

    double firstTokenWithoutStagesMs(double percent) {
        return quantile(firstTokenWithoutStagesMs, percent);
    }

    double jitterMs(double percent) {
        return quantile(jitterMs, percent);
    }

    /** Returns the median over rounds. */
    double tokensPerSecond() {
        return quantile(tokensPerSecond, 50);
    }

    double processorMicrosPerToken() {
        return processorTime.toNanos() / 1000.0 / tokens;
    }

    /** Returns the smallest value that at least {@code percent} per cent do not exceed (nearest rank). */
    static double quantile(List<Double> values, double percent) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.size());
        return sorted.get(Math.max(1, rank) - 1);
    }
}
