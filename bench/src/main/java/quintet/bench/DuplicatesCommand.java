package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.bench.data.NearDuplicateSet;
import quintet.bench.duplicates.DuplicateSpeed;
import quintet.bench.duplicates.SignatureQuality;
import quintet.bench.duplicates.SuiteDuplicates;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.speed.Machine;
import quintet.bench.suite.OwnSuite;
import quintet.bench.suite.SuiteClient;
import quintet.bench.suite.SuiteException;

/** {@code bench duplicates}: prints how well near duplicates are found and what copies cost. */
@Command(
        name = "duplicates",
        description = {
            "Measures precision and recall of planted near duplicates, the speed of the search for them, and how much faster a"
                    + " corpus is ingested of which half are copies.",
            "Starts a suite of its own in a scratch folder and takes it down; with --url, measures that one instead."
        })
final class DuplicatesCommand implements Callable<Integer> {
    private static final List<String> SETS = List.of("articles_100", "articles_1000", "articles_2500");
    private static final String SUITE_SET = "articles_1000";

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the articles (default: ../shared/data/near-duplicates of the checkout).")
    private @Nullable Path data;

    @Option(
            names = "--threshold",
            paramLabel = "J",
            defaultValue = "0.8",
            description = "Jaccard similarity from which on a pair counts as found (default: ${DEFAULT-VALUE}).")
    private double threshold;

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "500",
            description = "Articles of the corpora with and without copies (default: ${DEFAULT-VALUE}).")
    private int documents;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Ingestions of each of those, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Override
    public Integer call() throws IOException {
        if (runs < 1 || documents < 10 || documents > 1000 || !(threshold >= 0.5 && threshold <= 1)) {
            System.err.println("--runs must be at least 1, --documents 10 to 1000, --threshold 0.5 to 1");
            return 2;
        }
        Path folder = data == null
                ? TargetOptions.home().resolve("../shared/data/near-duplicates").normalize()
                : data;
        if (!Files.isDirectory(folder)) {
            System.out.println("Duplicates skipped: there is no " + folder + " (--data names another folder).");
            return 0;
        }
        String machine = Machine.describe();
        System.out.println("Measured on " + machine + ".\n");
        ObjectNode figures = Json.object().put("machine", machine);
        SignatureQuality signatures = new SignatureQuality(threshold);
        for (String set : SETS) {
            signatures.measure(NearDuplicateSet.read(folder, set));
        }
        System.out.println(signatures.table());
        figures.set("signatures", signatures.figures());
        measureSuite(NearDuplicateSet.read(folder, SUITE_SET), figures);
        if (target.json() != null) {
            Json.write(target.json(), figures);
        }
        return 0;
    }

    private void measureSuite(NearDuplicateSet set, ObjectNode figures) {
        Progress progress = new Progress();
        if (target.url() != null) {
            try (SuiteClient client = new SuiteClient(target.url())) {
                if (!client.isUp()) {
                    throw new SuiteException("No suite answers at " + target.url());
                }
                measureSuite(client, set, progress, figures);
            }
            return;
        }
        try (OwnSuite own = new OwnSuite(TargetOptions.home())) {
            progress.say("Ready after " + own.up().toSeconds() + " s");
            try (SuiteClient client = new SuiteClient(own.url())) {
                measureSuite(client, set, progress, figures);
            }
        }
    }

    private void measureSuite(SuiteClient client, NearDuplicateSet set, Progress progress, ObjectNode figures) {
        MarkdownTable found = new MarkdownTable(
                "through the suite", "documents", "planted", "found", "precision", "recall", "documents/s");
        figures.set("suite", new SuiteDuplicates(client, progress).measure(set, threshold, found));
        System.out.println(found);
        MarkdownTable speed = new MarkdownTable("sent to READY", "measured", "documents/s");
        figures.set("copies", new DuplicateSpeed(client, progress).measure(set, documents, runs, speed));
        System.out.println(speed);
    }
}
