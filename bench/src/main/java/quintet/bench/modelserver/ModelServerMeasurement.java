package quintet.bench.modelserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.SuiteException;

/** Streams completions at several numbers at once, with guesses and without in turn, and says what each is worth. */
public final class ModelServerMeasurement {
    private static final String DRAFTED = "vllm:spec_decode_num_draft_tokens_total";
    private static final String ACCEPTED = "vllm:spec_decode_num_accepted_tokens_total";
    private static final String DECODES = "quintet_model_decodes_total";

    private final Load load;
    private final Progress progress;
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * What is asked of the server.
     *
     * @param streams numbers of streams, ascending
     * @param rounds completions of each stream
     * @param maxTokens of a completion
     * @param promptCharacters of its passages
     */
    public record Load(List<Integer> streams, int rounds, int maxTokens, int promptCharacters) {
        public Load {
            streams = List.copyOf(streams);
        }
    }

    /** Of a load. */
    public ModelServerMeasurement(Load load, Progress progress) {
        this.load = load;
        this.progress = progress;
    }

    /**
     * Measures a server.
     *
     * @param key of the caller, if it wants one
     * @param plot file of the picture
     */
    public void run(URI server, @Nullable String key, ObjectNode figures, Path plot, PrintStream out)
            throws IOException {
        try (ServerClient client = new ServerClient(server, key)) {
            ServerClient.Model model = client.model();
            out.printf(
                    Locale.ROOT,
                    "Model %s; %d tokens a completion, passages of %,d characters.%n%n",
                    model.name(),
                    load.maxTokens(),
                    load.promptCharacters());
            progress.say("Warming up");
            var _ = level(client, model, 1, true);
            List<Level> levels = new ArrayList<>();
            for (int streams : load.streams()) {
                if (model.choosesSpeculation()) {
                    levels.add(level(client, model, streams, false));
                }
                levels.add(level(client, model, streams, true));
                progress.show(
                        "streams", levels.getLast().streams(), load.streams().getLast());
            }
            report(levels, out);
            figures.put("model", model.name());
            write(levels, figures.putArray("levels"));
            LevelPlot.write(model.name() + ", tokens a second by streams", levels, plot);
            out.println("\nPlot: " + plot);
        }
    }

    private Level level(ServerClient client, ServerClient.Model model, int streams, boolean speculation) {
        RagPrompts prompts = new RagPrompts(load.promptCharacters(), 6);
        Map<String, Double> before = client.metrics();
        long begun = System.nanoTime();
        List<Future<List<Completion>>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < streams; i++) {
                running.add(executor.submit(() -> {
                    List<Completion> mine = new ArrayList<>();
                    for (int round = 0; round < load.rounds(); round++) {
                        mine.add(client.complete(
                                model,
                                RagPrompts.INSTRUCTIONS,
                                prompts.of(numbers.getAndIncrement()),
                                load.maxTokens(),
                                speculation));
                    }
                    return mine;
                }));
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        Map<String, Double> after = client.metrics();
        List<Completion> completions = new ArrayList<>();
        running.forEach(future -> completions.addAll(get(future)));
        OptionalDouble drafted = difference(DRAFTED, before, after);
        OptionalDouble accepted = difference(ACCEPTED, before, after);
        OptionalDouble acceptance = drafted.orElse(0) > 0 && accepted.isPresent()
                ? OptionalDouble.of(accepted.getAsDouble() / drafted.getAsDouble())
                : OptionalDouble.empty();
        return new Level(streams, speculation, completions, took, acceptance, difference(DECODES, before, after));
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SuiteException failure) {
                throw failure;
            }
            throw new SuiteException("a stream could not be measured", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SuiteException("interrupted", e);
        }
    }

    private static OptionalDouble difference(String name, Map<String, Double> before, Map<String, Double> after) {
        return after.containsKey(name)
                ? OptionalDouble.of(after.get(name) - before.getOrDefault(name, 0.0))
                : OptionalDouble.empty();
    }

    private static void report(List<Level> levels, PrintStream out) {
        MarkdownTable table = new MarkdownTable(
                "streams",
                "guesses",
                "tokens/s",
                "TTFT p50 ms",
                "p95",
                "gap p50 ms",
                "p95",
                "accepted",
                "decodes",
                "failed");
        for (Level level : levels) {
            table.row(
                    Integer.toString(level.streams()),
                    level.speculation() ? "on" : "off",
                    fixed(level.tokensPerSecond(), 1),
                    fixed(level.firstToken(50), 0),
                    fixed(level.firstToken(95), 0),
                    fixed(level.gap(50), 1),
                    fixed(level.gap(95), 1),
                    percent(level.acceptance()),
                    level.decodes().isPresent() ? fixed(level.decodes().getAsDouble(), 0) : "-",
                    Long.toString(level.failed()));
        }
        out.print(table);
        speedUps(levels, out);
    }

    private static void speedUps(List<Level> levels, PrintStream out) {
        List<String> parts = new ArrayList<>();
        Optional<Integer> loss = Optional.empty();
        for (int i = 1; i < levels.size(); i++) {
            Level on = levels.get(i);
            Level off = levels.get(i - 1);
            if (on.speculation() && !off.speculation() && off.tokensPerSecond() > 0) {
                double speedUp = on.tokensPerSecond() / off.tokensPerSecond();
                parts.add(fixed(speedUp, 2) + " at " + on.streams());
                if (speedUp < 1 && loss.isEmpty()) {
                    loss = Optional.of(on.streams());
                }
            }
        }
        if (parts.isEmpty()) {
            out.println("\nThis server can't be told not to guess, so there is nothing to compare its guesses with.");
            return;
        }
        out.println("\nSpeed-up by guesses: " + String.join(", ", parts) + " streams. "
                + loss.map(streams -> "From " + streams + " streams on they cost more than they bring.")
                        .orElse("They bring more than they cost at each number of streams."));
    }

    private static void write(List<Level> levels, ArrayNode array) {
        for (Level level : levels) {
            ObjectNode node = array.addObject()
                    .put("streams", level.streams())
                    .put("speculation", level.speculation())
                    .put("tokensPerSecond", level.tokensPerSecond())
                    .put("firstTokenP50Ms", level.firstToken(50))
                    .put("firstTokenP95Ms", level.firstToken(95))
                    .put("gapP50Ms", level.gap(50))
                    .put("gapP95Ms", level.gap(95))
                    .put("failed", level.failed());
            level.acceptance().ifPresent(value -> node.put("acceptance", value));
            level.decodes().ifPresent(value -> node.put("decodes", value));
        }
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? fixed(100 * share.getAsDouble(), 0) + " %" : "-";
    }

    private static String fixed(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
