package quintet.bench.compression;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import quintet.bench.data.HandbookQuestions;
import quintet.bench.data.PageQuestion;
import quintet.bench.metric.Durations;
import quintet.bench.quality.HandbookQuality;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.bench.suite.Compression;
import quintet.bench.suite.Passage;
import quintet.bench.suite.ScratchCollection;
import quintet.bench.suite.SearchMode;
import quintet.bench.suite.SuiteClient;

/**
 * Compresses the passages that an answer would be given from, at several thresholds, and compares with a context of the same length
 * whose end was cut off.
 */
public final class CompressionQuality {
    /** As many hits are re-ranked, and so many of them are the context, as an answer takes by default. */
    private static final int CANDIDATES = 12;

    private static final int CONTEXT = 6;

    private final SuiteClient suite;
    private final Progress progress;
    private final MarkdownTable table = new MarkdownTable(
            "threshold, questions",
            "tokens kept",
            "right sentence",
            "cut to that length",
            "answer's words",
            "cut to that length",
            "p50");
    private final ObjectNode figures = Json.object();
    private final Map<String, List<Context>> contexts = new LinkedHashMap<>();

    /** A question and the passages for its answer. */
    private record Context(PageQuestion question, List<String> passages) {}

    /** Measures a suite that is up. */
    public CompressionQuality(SuiteClient suite, Progress progress) {
        this.suite = suite;
        this.progress = progress;
    }

    /** Ingests the handbook into a scratch collection and finds the passages for at most {@code limit} questions of each file. */
    public void ask(Path folder, int limit, long seed) throws IOException {
        try (ScratchCollection collection = new ScratchCollection(suite, progress, "compress")) {
            collection.ingest(HandbookQuality.files(folder));
            contexts.put("the 201", contexts(collection, drawn(HandbookQuestions.development(), limit, seed)));
            contexts.put("held out", contexts(collection, drawn(HandbookQuestions.heldOut(), limit, seed)));
        }
    }

    /** Compresses the passages of all those questions. */
    public void measure(double threshold, boolean keepFirst) {
        contexts.forEach((name, found) -> compress(name, found, threshold, keepFirst));
    }

    private static List<PageQuestion> drawn(List<PageQuestion> questions, int limit, long seed) {
        List<PageQuestion> shuffled = new ArrayList<>(questions);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled.subList(0, Math.min(limit, shuffled.size()));
    }

    /** Returns a row for each threshold and set of questions. */
    public MarkdownTable table() {
        return table;
    }

    /** Returns the same for scripts. */
    public ObjectNode figures() {
        return figures;
    }

    private List<Context> contexts(ScratchCollection collection, List<PageQuestion> questions) {
        List<Context> found = new ArrayList<>();
        for (PageQuestion question : questions) {
            List<Passage> hits = suite.search(collection.name(), question.question(), CANDIDATES, SearchMode.HYBRID);
            found.add(new Context(
                    question,
                    suite.rerank(question.question(), hits).stream()
                            .limit(CONTEXT)
                            .map(Passage::text)
                            .toList()));
            progress.show("searched", found.size(), questions.size());
        }
        return found;
    }

    private void compress(String name, List<Context> asked, double threshold, boolean keepFirst) {
        Mean phrase = new Mean();
        Mean cutPhrase = new Mean();
        Mean answer = new Mean();
        Mean cutAnswer = new Mean();
        List<Duration> times = new ArrayList<>();
        long original = 0;
        long kept = 0;
        for (Context context : asked) {
            PageQuestion question = context.question();
            long begun = System.nanoTime();
            Compression compression = suite.compress(question.question(), context.passages(), threshold, keepFirst);
            times.add(Duration.ofNanos(System.nanoTime() - begun));
            original += compression.originalTokens();
            kept += compression.keptTokens();
            String before = String.join("\n", context.passages());
            String after = String.join("\n", compression.texts());
            String cut = before.substring(0, Math.min(after.length(), before.length()));
            phrase.add(KeptWords.phrase(question, before, after));
            cutPhrase.add(KeptWords.phrase(question, before, cut));
            answer.add(KeptWords.answer(question, before, after));
            cutAnswer.add(KeptWords.answer(question, before, cut));
            progress.show("compressed at " + threshold, times.size(), asked.size());
        }
        long milliseconds = new Durations(times).median().toMillis();
        double share = original == 0 ? 1 : (double) kept / original;
        String row = String.format(Locale.ROOT, "%.2f, %s", threshold, name);
        table.row(
                row,
                String.format(Locale.ROOT, "%.3f", share),
                phrase.text(),
                cutPhrase.text(),
                answer.text(),
                cutAnswer.text(),
                milliseconds + " ms");
        figures.putObject(row)
                .put("tokensKept", share)
                .put("phrase", phrase.value())
                .put("cutPhrase", cutPhrase.value())
                .put("answer", answer.value())
                .put("cutAnswer", cutAnswer.value())
                .put("msP50", milliseconds);
    }

    /** The mean of what is known. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(OptionalDouble value) {
            if (value.isPresent()) {
                sum += value.getAsDouble();
                count++;
            }
        }

        double value() {
            return count == 0 ? 0 : sum / count;
        }

        /** Returns a dash where nothing is known. */
        String text() {
            return count == 0 ? "-" : String.format(Locale.ROOT, "%.3f", value());
        }
    }
}
