package quintet.bench.encoder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import quintet.bench.metric.Durations;
import quintet.bench.metric.Ratios;
import quintet.bench.report.Json;
import quintet.bench.report.MarkdownTable;
import quintet.bench.report.Progress;

/**
 * All contestants side by side: in each round everyone does everything once, figure by figure, in an order that turns by one from round
 * to round. Rates are texts a second; latencies are of one client, milliseconds.
 */
final class EncoderSpeed {
    private static final String PASSAGES = "passages/s";
    private static final String QUERIES = "queries/s, all at once";
    private static final String P50 = "query p50 ms, 1 client";
    private static final String P99 = "query p99 ms, 1 client";

    private final List<Contestant> contestants;
    private final EncoderTexts texts;
    private final Progress progress;
    private final Map<String, Map<String, List<Double>>> values = new HashMap<>();

    EncoderSpeed(List<Contestant> contestants, EncoderTexts texts, Progress progress) {
        this.contestants = contestants;
        this.texts = texts;
        this.progress = progress;
    }

    void round(int round, int rounds, List<Integer> clientCounts) {
        eachInTurn(
                round,
                contestant ->
                        add(PASSAGES, contestant, rate(texts.passages(), () -> contestant.embedAll(texts.passages()))));
        eachInTurn(
                round,
                contestant ->
                        add(QUERIES, contestant, rate(texts.queries(), () -> contestant.embedAll(texts.queries()))));
        eachInTurn(round, contestant -> {
            Durations alone = latencies(contestant);
            add(P50, contestant, alone.median().toNanos() / 1e6);
            add(P99, contestant, alone.percentile(99).toNanos() / 1e6);
        });
        for (int clients : clientCounts) {
            eachInTurn(
                    round,
                    contestant -> add(
                            atClients(clients), contestant, rate(texts.queries(), () -> clients(contestant, clients))));
        }
        progress.show("side by side", round + 1, rounds);
    }

    /** One figure of all, one after the other: what is compared is measured within seconds. */
    private void eachInTurn(int round, Consumer<Contestant> measure) {
        for (int turn = 0; turn < contestants.size(); turn++) {
            measure.accept(contestants.get((round + turn) % contestants.size()));
        }
    }

    /** Returns the values of a figure, round by round. */
    List<Double> of(String figure, String contestant) {
        return values.getOrDefault(figure, Map.of()).getOrDefault(contestant, List.of());
    }

    static String passages() {
        return PASSAGES;
    }

    MarkdownTable table(String ours, List<Integer> clientCounts, ObjectNode figures) {
        MarkdownTable table = new MarkdownTable("figure", "contestant", "median", "ours against it");
        List<String> rows = new ArrayList<>(List.of(PASSAGES, QUERIES, P50, P99));
        clientCounts.forEach(clients -> rows.add(atClients(clients)));
        for (String row : rows) {
            ObjectNode node = figures.putObject(row);
            for (Contestant contestant : contestants) {
                List<Double> own = of(row, ours);
                List<Double> its = of(row, contestant.name());
                Ratios ratios = new Ratios(own, its);
                double median = its.stream().sorted().toList().get((its.size() - 1) / 2);
                table.row(
                        row,
                        contestant.name(),
                        String.format(Locale.ROOT, median < 100 ? "%.2f" : "%.0f", median),
                        contestant.name().equals(ours) ? "" : ratios.toString());
                node.set(
                        contestant.name(), Json.object().put("median", median).put("ours against it", ratios.median()));
            }
        }
        return table;
    }

    private static String atClients(int clients) {
        return "queries/s, %d clients".formatted(clients);
    }

    private void add(String figure, Contestant contestant, double value) {
        values.computeIfAbsent(figure, _ -> new HashMap<>())
                .computeIfAbsent(contestant.name(), _ -> new ArrayList<>())
                .add(value);
    }

    private static double rate(List<String> done, Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return done.size() / ((System.nanoTime() - begun) / 1e9);
    }

    private Durations latencies(Contestant contestant) {
        List<Duration> took = new ArrayList<>();
        for (String query : texts.queries()) {
            long begun = System.nanoTime();
            contestant.embed(query);
            took.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        return new Durations(took);
    }

    /** So many clients, each of which asks its next query when it has the answer to the last. */
    private void clients(Contestant contestant, int count) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService clients = Executors.newFixedThreadPool(count)) {
            CompletableFuture<?>[] done = IntStream.range(0, count)
                    .mapToObj(_ -> CompletableFuture.runAsync(
                            () -> {
                                for (int i = next.getAndIncrement();
                                        i < texts.queries().size();
                                        i = next.getAndIncrement()) {
                                    contestant.embed(texts.queries().get(i));
                                }
                            },
                            clients))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(done).join();
        }
    }
}
