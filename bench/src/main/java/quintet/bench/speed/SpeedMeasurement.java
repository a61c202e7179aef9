package quintet.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import quintet.bench.data.HandbookQuestions;
import quintet.bench.data.PageQuestion;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.OwnSuite;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SuiteClient;
import quintet.bench.suite.SuiteException;

/** All measurements of speed, one after the other. */
public final class SpeedMeasurement {
    private final List<Path> files;
    private final int runs;
    private final int backlog;
    private final Progress progress;
    private final PrintStream out;
    private final MarkdownTable table = new MarkdownTable("", "measured");
    private final ObjectNode figures = Json.object();

    /**
     * Measures with the given files.
     *
     * @param runs starts and ingestions, of which the median counts, at least 1
     * @param backlog documents of one collection that another's has to get past; 0 to leave that out
     */
    public SpeedMeasurement(List<Path> files, int runs, int backlog, Progress progress, PrintStream out) {
        this.files = List.copyOf(files);
        this.runs = runs;
        this.backlog = backlog;
        this.progress = progress;
        this.out = out;
    }

    /** Measures a suite that it starts and takes down. */
    public ObjectNode ofAnOwnSuite(Path home) throws IOException {
        describeMachine();
        try (OwnSuite suite = new OwnSuite(home)) {
            figures.set("up", BootSpeed.measure(suite, runs, progress, table));
            try (SuiteClient client = new SuiteClient(suite.url())) {
                work(client);
                backlog(client, suite::status);
            }
            figures.set("memoryBytes", Memory.measure(suite, out));
        }
        return figures;
    }

    /** Measures a suite that is up. */
    public ObjectNode ofTheSuiteAt(URI url) throws IOException {
        describeMachine();
        try (SuiteClient client = new SuiteClient(url)) {
            if (!client.isUp()) {
                throw new SuiteException("No suite answers at " + url);
            }
            work(client);
            backlog(client, MissingNode::getInstance);
        }
        out.println("`up` and memory not measured: the suite at " + url + " was already running.");
        return figures;
    }

    private void describeMachine() {
        String machine = Machine.describe();
        out.println("Measured on " + machine + ".\n");
        figures.put("machine", machine);
    }

    private void work(SuiteClient client) throws IOException {
        figures.set("ingest", new IngestSpeed(client, progress).measure(files, runs, table));
        out.println(table);
        try (ScratchCollection collection = new ScratchCollection(client, progress, "questions")) {
            collection.ingest(files);
            QuestionSpeed questions = new QuestionSpeed(client, collection.name(), questions(), progress);
            questions.measure(1, 16);
            out.println(questions.table());
            out.println(questions.stages());
            figures.set("questions", questions.figures());
        }
    }

    private void backlog(SuiteClient client, Supplier<JsonNode> status) {
        if (backlog == 0) {
            return;
        }
        MarkdownTable crowd = new MarkdownTable("", "measured");
        ThroughputSpeed throughput = new ThroughputSpeed(client, progress, Math.min(backlog, 1000), runs, status);
        figures.set("throughput", throughput.measure(crowd));
        BacklogSpeed speed = new BacklogSpeed(client, progress, backlog, status);
        figures.set("backlog", speed.measure(crowd));
        out.println(crowd);
        if (!status.get().isMissingNode()) {
            out.println(throughput.processors());
            out.println(speed.memory());
        }
    }

    private static List<String> questions() {
        return Stream.concat(HandbookQuestions.development().stream(), HandbookQuestions.heldOut().stream())
                .map(PageQuestion::question)
                .toList();
    }
}
