package quintet.bench.encoder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import quintet.encoder.BiEncoder;
import quintet.encoder.tokenizer.TokenSequence;

/**
 * The same graph in a plain loop: batches are cut beforehand, each thread takes the next one. What our queue could reach if it cost
 * nothing.
 */
final class PlainLoop implements Contestant {
    private final BiEncoder encoder;
    private final int batchTokens;
    private final ExecutorService threads;
    private final ThreadLocal<Function<List<TokenSequence>, List<float[]>>> run;
    private final int threadCount;

    /** Uses the session of an encoder, which stays open. */
    PlainLoop(BiEncoder encoder, int threadCount, int batchTokens) {
        this.encoder = encoder;
        this.batchTokens = batchTokens;
        this.threads = Executors.newFixedThreadPool(threadCount);
        this.threadCount = threadCount;
        this.run = ThreadLocal.withInitial(encoder::newRun);
    }

    @Override
    public String name() {
        return "plain loop";
    }

    @Override
    public void embedAll(List<String> texts) {
        List<List<TokenSequence>> batches =
                batches(texts.stream().map(encoder::passage).toList());
        AtomicInteger next = new AtomicInteger();
        CompletableFuture<?>[] loops = IntStream.range(0, threadCount)
                .mapToObj(_ -> CompletableFuture.runAsync(() -> loop(batches, next), threads))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(loops).join();
    }

    @Override
    public void embed(String text) {
        List<TokenSequence> batch = List.of(encoder.passage(text));
        CompletableFuture.runAsync(() -> loop(List.of(batch), new AtomicInteger()), threads)
                .join();
    }

    private void loop(List<List<TokenSequence>> batches, AtomicInteger next) {
        for (int i = next.getAndIncrement(); i < batches.size(); i = next.getAndIncrement()) {
            var _ = run.get().apply(batches.get(i));
        }
    }

    private List<List<TokenSequence>> batches(List<TokenSequence> sequences) {
        List<List<TokenSequence>> batches = new ArrayList<>();
        List<TokenSequence> batch = new ArrayList<>();
        int longest = 0;
        for (TokenSequence sequence : sequences) {
            longest = Math.max(longest, sequence.length());
            if (!batch.isEmpty() && (batch.size() + 1) * longest > batchTokens) {
                batches.add(batch);
                batch = new ArrayList<>();
                longest = sequence.length();
            }
            batch.add(sequence);
        }
        batches.add(batch);
        return batches;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
