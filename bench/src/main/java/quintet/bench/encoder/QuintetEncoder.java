package quintet.bench.encoder;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import quintet.encoder.BiEncoder;
import quintet.encoder.EncoderOptions;
import quintet.encoder.RunListener;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.work.Priority;

/** Our encoder with its queue, as embed-service runs it. */
final class QuintetEncoder implements Contestant {
    private static final int CAPACITY = 100_000;

    private final String name;
    private final BiEncoder encoder;

    QuintetEncoder(String name, String model, int threads, int batchTokens, Path cache) {
        this.name = name;
        this.encoder = BiEncoder.load(
                ModelPackage.ofResources("models/" + model),
                new EncoderOptions(cache, threads, CAPACITY, CAPACITY, batchTokens, RunListener.NONE));
    }

    BiEncoder encoder() {
        return encoder;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void embedAll(List<String> texts) {
        List<TokenSequence> sequences = texts.stream().map(encoder::passage).toList();
        join(sequences, Priority.BULK);
    }

    @Override
    public void embed(String text) {
        join(List.of(encoder.passage(text)), Priority.INTERACTIVE);
    }

    private void join(List<TokenSequence> sequences, Priority priority) {
        CompletableFuture<?>[] results = encoder.submit(sequences, priority).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(results).join();
    }

    @Override
    public void close() {
        encoder.close(Duration.ofSeconds(5));
    }
}
