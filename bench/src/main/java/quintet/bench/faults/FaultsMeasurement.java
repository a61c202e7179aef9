package quintet.bench.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import quintet.bench.metric.Durations;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.SuiteException;

/** A steady load, faults at random moments, and afterwards the account: what was acknowledged against what is found. */
public final class FaultsMeasurement {
    private static final Duration POLL = Duration.ofMillis(100);

    private final FaultPlan plan;
    private final Progress progress;
    private final PrintStream out;
    private final Violations violations;
    private final Random random;
    private final Map<String, List<Duration>> recoveries = new LinkedHashMap<>();

    /** Prepares a run. */
    public FaultsMeasurement(FaultPlan plan, Progress progress, PrintStream out) {
        this.plan = plan;
        this.progress = progress;
        this.out = out;
        this.violations = new Violations(progress);
        this.random = new Random(plan.seed());
    }

    /**
     * Runs it on a suite of its own.
     *
     * @param rabbitmq a broker of one's own, which is not killed, instead of the embedded one
     * @return the figures; {@code violations} is 0 if every promise was kept
     */
    public ObjectNode run(Path home, @Nullable URI rabbitmq) throws IOException, InterruptedException {
        progress.say("Seed " + plan.seed() + ": --seed " + plan.seed() + " draws the same again");
        try (SuiteUnderFaults suite = new SuiteUnderFaults(home, rabbitmq, progress)) {
            suite.start();
            Path logFile = suite.scratch().resolve("acknowledgements.jsonl");
            boolean clean = false;
            try (Door door = new Door(suite.url());
                    AcknowledgementLog log = new AcknowledgementLog(logFile);
                    Load load = new Load(door, log, plan.seed(), plan.documents(), plan.over());
                    SearchWatch watch = new SearchWatch(door, load::histories, violations, plan.seed())) {
                EventTap _ = suite.tap();
                load.start();
                watch.start();
                strike(suite, new Canary(door, plan.seed()));
                while (load.created() < plan.documents()) {
                    progress.show("documents", load.created(), plan.documents());
                    Thread.sleep(POLL);
                }
                load.stop();
                progress.say("Load and faults are over: comparing the log with what is found");
                Duration settled = new Settlement(door, violations, progress)
                        .await(AcknowledgementLog.read(logFile), plan.recovery());
                watch.close();
                ObjectNode figures = report(door, load, watch, settled);
                clean = violations.all().isEmpty();
                return figures;
            } finally {
                if (!clean) {
                    keep(suite, logFile);
                }
            }
        }
    }

    private void strike(SuiteUnderFaults suite, Canary canary) throws InterruptedException {
        List<Fault> kinds = Faults.of(suite, progress, plan.pause(), plan.full()).stream()
                .filter(fault -> fault.label().contains(plan.only()))
                .toList();
        if (kinds.isEmpty()) {
            throw new SuiteException("no fault's name holds '" + plan.only() + "'");
        }
        int count = plan.faults() == 0 ? kinds.size() : plan.faults();
        List<Fault> due = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (due.isEmpty()) {
                due.addAll(kinds);
                Collections.shuffle(due, random);
            }
            Thread.sleep((long) (random.nextDouble() * plan.over().toMillis() / count));
            Fault fault = due.removeLast();
            progress.say("Fault %d of %d: %s".formatted(i + 1, count, fault.label()));
            strike(fault, suite, canary);
        }
    }

    private void strike(Fault fault, SuiteUnderFaults suite, Canary canary) throws InterruptedException {
        Optional<Duration> recovered = canary.await(fault.strike(random), plan.recovery());
        recoveries.computeIfAbsent(fault.label(), _ -> new ArrayList<>()).add(recovered.orElse(plan.recovery()));
        if (recovered.isPresent()) {
            progress.say("  recovered after " + seconds(recovered.get()) + " s");
            EventTap _ = suite.tap();
        } else {
            violations.add(new Violation(
                    Violation.Kind.NOT_RECOVERED,
                    new Subject("faults-canary", 0),
                    "%d s after %s a new document is not found"
                            .formatted(plan.recovery().toSeconds(), fault.label())));
            suite.keepThreads(threads());
            suite.down();
            suite.up();
        }
    }

    private ObjectNode report(Door door, Load load, SearchWatch watch, Duration settled) {
        MarkdownTable faults = new MarkdownTable("fault", "times", "recovered after, s", "longest, s");
        ObjectNode figures = Json.object()
                .put("seed", plan.seed())
                .put("documents", load.created())
                .put("acknowledged", load.acknowledged())
                .put("unanswered", load.unanswered())
                .put("searches", watch.answered())
                .put("settledSeconds", settled.toMillis() / 1000.0);
        ArrayNode struck = figures.putArray("faults");
        recoveries.forEach((label, times) -> {
            Durations durations = new Durations(times);
            faults.row(
                    label,
                    String.valueOf(times.size()),
                    seconds(durations.median()),
                    seconds(durations.percentile(100)));
            ArrayNode each = struck.addObject().put("fault", label).putArray("recoverySeconds");
            times.forEach(time -> each.add(time.toMillis() / 1000.0));
        });
        MarkdownTable promises = new MarkdownTable("after it all", "count");
        ObjectNode verdicts = figures.putObject("verdicts");
        violations.counts().forEach((kind, count) -> {
            promises.row(kind.label(), String.valueOf(count));
            verdicts.put(kind.name().toLowerCase(Locale.ROOT), count);
        });
        out.println("Seed %d. %d documents; %d changes acknowledged, %d not answered; %d searches answered meanwhile."
                .formatted(plan.seed(), load.created(), load.acknowledged(), load.unanswered(), watch.answered()));
        out.println("Everything was as it should be %s s after the end of the load.\n".formatted(seconds(settled)));
        out.println(faults);
        out.println(promises);
        violations.all().forEach(out::println);
        ObjectNode troubles = figures.putObject("troubles");
        door.troubles().forEach(troubles::put);
        progress.say("What clients met meanwhile: " + door.troubles());
        return figures.put("violations", violations.all().size());
    }

    private void keep(SuiteUnderFaults suite, Path logFile) throws IOException {
        Path folder = Files.createTempDirectory("quintet-faults-" + plan.seed() + "-");
        suite.keepLogs(folder);
        Path _ = Files.copy(logFile, folder.resolve("acknowledgements.jsonl"));
        progress.say("The logs are kept in " + folder);
    }

    private static Path threads() {
        try {
            return Files.createTempDirectory("quintet-faults-threads-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
