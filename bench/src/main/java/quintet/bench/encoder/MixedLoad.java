package quintet.bench.encoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import quintet.bench.metric.Durations;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;
import quintet.encoder.BiEncoder;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.work.Priority;
import quintet.encoder.work.QueueClosedException;

/** Ten queries a second, alone and beside passages that are embedded as fast as they go, in turn. */
final class MixedLoad {
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final int PASSAGES_WAITING = 32;

    private final BiEncoder encoder;
    private final EncoderTexts texts;
    private final List<Duration> idle = new ArrayList<>();
    private final List<Duration> loaded = new ArrayList<>();

    MixedLoad(BiEncoder encoder, EncoderTexts texts) {
        this.encoder = encoder;
        this.texts = texts;
    }

    void measure(int rounds, int queriesPerRound, Progress progress) {
        for (int round = 0; round < rounds; round++) {
            idle.addAll(queries(queriesPerRound, round));
            Thread bulk = Thread.ofPlatform().start(this::embedPassages);
            loaded.addAll(queries(queriesPerRound, round));
            bulk.interrupt();
            join(bulk);
            progress.show("queries beside passages", round + 1, rounds);
        }
    }

    MarkdownTable table(ObjectNode figures) {
        MarkdownTable table = new MarkdownTable("ten queries a second", "p50 ms", "p99 ms");
        table.row("alone", milliseconds(new Durations(idle), 50), milliseconds(new Durations(idle), 99));
        table.row(
                "beside passages at full speed",
                milliseconds(new Durations(loaded), 50),
                milliseconds(new Durations(loaded), 99));
        double ratio = (double) new Durations(loaded).percentile(99).toNanos()
                / new Durations(idle).percentile(99).toNanos();
        table.row("times as long", "", String.format(Locale.ROOT, "%.2f", ratio));
        figures.put("p99 beside passages against alone", ratio);
        return table;
    }

    private List<Duration> queries(int count, int round) {
        List<Duration> took = new ArrayList<>();
        long next = System.nanoTime();
        for (int i = 0; i < count; i++) {
            next += BETWEEN.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
            String query =
                    texts.queries().get((round * count + i) % texts.queries().size());
            long begun = System.nanoTime();
            encoder.submit(List.of(encoder.query(query)), Priority.INTERACTIVE)
                    .getFirst()
                    .join();
            took.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        return took;
    }

    private void embedPassages() {
        List<TokenSequence> sequences =
                texts.passages().stream().map(encoder::passage).toList();
        try {
            for (int from = 0;
                    !Thread.currentThread().isInterrupted();
                    from = (from + PASSAGES_WAITING) % sequences.size()) {
                List<TokenSequence> part = sequences.subList(from, Math.min(sequences.size(), from + PASSAGES_WAITING));
                CompletableFuture<?>[] results =
                        encoder.submitWhenRoom(part, Priority.BULK).toArray(CompletableFuture[]::new);
                CompletableFuture.allOf(results).join();
            }
        } catch (InterruptedException | CompletionException | QueueClosedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String milliseconds(Durations durations, double percent) {
        return String.format(Locale.ROOT, "%.1f", durations.percentile(percent).toNanos() / 1e6);
    }
}
