package quintet.bench.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;

/** The same streams over each way in turn, round by round, so that whatever else the machine does meets all of them. */
final class GatewayMeasurement {
    /** Streams of each round before anything is counted: a cold process meets few at first. */
    private static final List<Integer> WARM_UP = List.of(1, 2, 4, 8, 16, 32, 64, 64, 64);

    private final List<Target> targets;
    private final StreamLoad load;
    private final int tokens;
    private final int rounds;
    private final Progress progress;

    /** Takes the ways; the first is the one that the others are compared with. */
    GatewayMeasurement(List<Target> targets, StreamLoad load, int tokens, int rounds, Progress progress) {
        this.targets = List.copyOf(targets);
        this.load = load;
        this.tokens = tokens;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Prints a table of all numbers of streams, and puts the figures into an object. */
    void measure(List<Integer> streamCounts, PrintStream out, ObjectNode figures) {
        for (int round = 0; round < WARM_UP.size(); round++) {
            int streams = WARM_UP.get(round);
            targets.forEach(target -> {
                var _ = load.run(target.port(), target.body(), streams, tokens);
            });
            progress.show("warming up", round + 1, WARM_UP.size());
        }
        MarkdownTable table = new MarkdownTable(
                "streams, way",
                "first token p50 ms",
                "added p50",
                "added p99",
                "without search p50",
                "p99",
                "jitter p50 ms",
                "p99",
                "tokens/s",
                "of direct",
                "CPU us/token");
        for (int streams : streamCounts) {
            Map<Target, TargetFigures> measured = rounds(streams);
            TargetFigures direct = measured.get(targets.getFirst());
            measured.forEach((target, own) -> {
                Row row = new Row(own, direct == null ? own : direct);
                table.row(row.cells("%d, %s".formatted(streams, target.name())));
                figures.set("%d %s".formatted(streams, target.name()), row.json());
            });
        }
        out.println(table);
    }

    private Map<Target, TargetFigures> rounds(int streams) {
        Map<Target, TargetFigures> measured = new LinkedHashMap<>();
        targets.forEach(target -> measured.put(target, new TargetFigures()));
        // One stream gives few first tokens: as many rounds as give a quantile.
        int times = Math.max(rounds, Math.min(40, 40 / streams));
        for (int round = 0; round < times; round++) {
            progress.show(streams + " streams", round + 1, times);
            measured.forEach((target, figures) -> {
                Duration before = target.processorTime().get();
                List<StreamTimes> read = load.run(target.port(), target.body(), streams, tokens);
                figures.add(read, target.processorTime().get().minus(before));
            });
        }
        return measured;
    }

    /** The figures of one way beside those of the direct one. */
    private record Row(TargetFigures own, TargetFigures direct) {
        String[] cells(String name) {
            return new String[] {
                name,
                ms(own.firstTokenMs(50)),
                ms(added(50)),
                ms(added(99)),
                ms(addedWithoutStages(50)),
                ms(addedWithoutStages(99)),
                ms(own.jitterMs(50)),
                ms(own.jitterMs(99)),
                String.format(Locale.ROOT, "%.0f", own.tokensPerSecond()),
                String.format(Locale.ROOT, "%.3f", own.tokensPerSecond() / direct.tokensPerSecond()),
                String.format(Locale.ROOT, "%.1f", own.processorMicrosPerToken())
            };
        }

        ObjectNode json() {
            return Json.object()
                    .put("firstTokenP50Ms", own.firstTokenMs(50))
                    .put("firstTokenP99Ms", own.firstTokenMs(99))
                    .put("addedP50Ms", added(50))
                    .put("addedP99Ms", added(99))
                    .put("addedWithoutSearchP50Ms", addedWithoutStages(50))
                    .put("addedWithoutSearchP99Ms", addedWithoutStages(99))
                    .put("jitterP50Ms", own.jitterMs(50))
                    .put("jitterP99Ms", own.jitterMs(99))
                    .put("tokensPerSecond", own.tokensPerSecond())
                    .put("processorMicrosPerToken", own.processorMicrosPerToken());
        }

        private double added(double percent) {
            return own.firstTokenMs(percent) - direct.firstTokenMs(percent);
        }

        private double addedWithoutStages(double percent) {
            return own.firstTokenWithoutStagesMs(percent) - direct.firstTokenMs(percent);
        }

        private static String ms(double value) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
    }
}
