package quintet.bench.speed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import quintet.bench.metric.Durations;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.OwnSuite;

/** How long {@code up} takes: once on an empty folder, then on the same folder again. */
final class BootSpeed {
    private BootSpeed() {}

    /** Leaves the suite up. */
    static ObjectNode measure(OwnSuite suite, int runs, Progress progress, MarkdownTable table) {
        progress.show("up", 0, runs + 1);
        Duration first = suite.up();
        List<Duration> warm = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            progress.show("up", run, runs + 1);
            suite.down();
            warm.add(suite.up());
        }
        progress.show("up", runs + 1, runs + 1);
        Duration median = new Durations(warm).median();
        table.row("`up` to ready, empty data folder", Seconds.text(first));
        table.row("`up` to ready, warm, median of " + runs, Seconds.text(median));
        return Json.object().put("firstSeconds", Seconds.of(first)).put("warmSeconds", Seconds.of(median));
    }
}
