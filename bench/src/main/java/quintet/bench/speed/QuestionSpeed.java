package quintet.bench.speed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import quintet.bench.metric.Durations;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.Answer;
import quintet.bench.suite.Clients;
import quintet.bench.suite.SearchMode;
import quintet.bench.suite.SuiteClient;

/**
 * How long searches and answers take, at one client and at many.
 *
 * <p>No text is sent twice, so that no cache flatters: every measurement puts another opening before the questions.
 */
final class QuestionSpeed {
    private static final int TOP_K = 10;
    private static final int WARM_UP = 20;
    private static final List<String> OPENINGS = List.of(
            "To begin with: ",
            "Please tell me: ",
            "I would like to know: ",
            "A question: ",
            "Could you look this up: ",
            "For a new colleague: ");

    private final SuiteClient suite;
    private final String collection;
    private final List<String> questions;
    private final Progress progress;
    private final MarkdownTable table = new MarkdownTable("", "clients", "requests", "p50", "p99", "requests/s");
    private final ObjectNode figures = Json.object();
    private final Map<String, List<Duration>> stages = new TreeMap<>();
    private int openings;

    QuestionSpeed(SuiteClient suite, String collection, List<String> questions, Progress progress) {
        this.suite = suite;
        this.collection = collection;
        this.questions = List.copyOf(questions);
        this.progress = progress;
    }

    /** Measures searches and answers at each number of clients. */
    void measure(int... clientCounts) {
        for (String question : opened(questions.subList(0, Math.min(WARM_UP, questions.size())))) {
            Map<String, Double> _ = answer(question);
        }
        for (int clients : clientCounts) {
            Queue<Map<String, Double>> _ = run("search", clients, this::search);
        }
        for (int clients : clientCounts) {
            Queue<Map<String, Double>> timings = run("answers", clients, this::answer);
            if (clients == Arrays.stream(clientCounts).min().orElse(clients)) {
                timings.forEach(timing ->
                        timing.forEach((stage, milliseconds) -> stages.computeIfAbsent(stage, _ -> new ArrayList<>())
                                .add(Duration.ofNanos((long) (milliseconds * 1e6)))));
            }
        }
    }

    MarkdownTable table() {
        return table;
    }

    /** Returns where an answer's time goes, as the suite itself says, with the fewest clients. */
    MarkdownTable stages() {
        MarkdownTable medians = new MarkdownTable("stage of an answer", "p50", "p99");
        stages.forEach((stage, durations) -> {
            Durations sorted = new Durations(durations);
            medians.row(stage, Seconds.milliseconds(sorted.median()), Seconds.milliseconds(sorted.percentile(99)));
        });
        return medians;
    }

    ObjectNode figures() {
        return figures;
    }

    private Queue<Map<String, Double>> run(String what, int clients, Function<String, Map<String, Double>> request) {
        Queue<Duration> durations = new ConcurrentLinkedQueue<>();
        Queue<Map<String, Double>> timings = new ConcurrentLinkedQueue<>();
        List<String> texts = opened(questions);
        long start = System.nanoTime();
        Clients.run(clients, texts, question -> {
            long sent = System.nanoTime();
            timings.add(request.apply(question));
            durations.add(Duration.ofNanos(System.nanoTime() - sent));
            progress.show("%s, %d clients".formatted(what, clients), durations.size(), texts.size());
        });
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        Durations sorted = new Durations(List.copyOf(durations));
        double perSecond = texts.size() / Seconds.of(wall);
        table.row(
                what,
                String.valueOf(clients),
                String.valueOf(texts.size()),
                Seconds.milliseconds(sorted.median()),
                Seconds.milliseconds(sorted.percentile(99)),
                String.format(Locale.ROOT, "%.1f", perSecond));
        figures.putObject("%sAt%d".formatted(what, clients))
                .put("p50Ms", Seconds.of(sorted.median()) * 1000)
                .put("p99Ms", Seconds.of(sorted.percentile(99)) * 1000)
                .put("perSecond", perSecond);
        return timings;
    }

    private Map<String, Double> search(String question) {
        Object _ = suite.search(collection, question, TOP_K, SearchMode.HYBRID);
        return Map.of();
    }

    private Map<String, Double> answer(String question) {
        Answer answer = suite.answer(collection, question);
        return answer.timingsMs();
    }

    private List<String> opened(List<String> texts) {
        String opening = OPENINGS.get(openings++);
        return texts.stream().map(text -> opening + text).toList();
    }
}
