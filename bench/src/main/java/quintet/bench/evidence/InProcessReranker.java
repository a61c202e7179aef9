package quintet.bench.evidence;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import quintet.encoder.CrossEncoder;
import quintet.encoder.EncoderOptions;
import quintet.encoder.RunListener;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.Tokenizer;
import quintet.encoder.work.Priority;
import quintet.generate.model.Passage;
import quintet.generate.port.PassageReranker;

/** The cross-encoder that rerank-service ships, as it reads a sentence and texts. */
final class InProcessReranker implements PassageReranker, AutoCloseable {
    private static final int WINDOW = 256;
    private static final int CAPACITY = 1_024;
    private static final int BATCH_TOKENS = 192;

    private final CrossEncoder encoder;

    InProcessReranker(Path cache) {
        int threads = Runtime.getRuntime().availableProcessors();
        encoder = CrossEncoder.load(
                ModelPackage.ofResources("models/quintet-reader-v1-int8"),
                new EncoderOptions(cache, threads, CAPACITY, 1, BATCH_TOKENS, RunListener.NONE));
    }

    @Override
    public Uni<List<Passage>> rerank(String query, List<Passage> passages, Duration budget) {
        throw new UnsupportedOperationException("only sentences are compared here");
    }

    @Override
    public Uni<List<Float>> relevances(String sentence, List<String> texts, Duration budget) {
        Tokenizer tokenizer = encoder.tokenizer();
        List<TokenSequence> pairs = texts.stream()
                .map(text -> TokenSequence.pair(
                        tokenizer, tokenizer.tokenize(sentence).limit(WINDOW / 2), tokenizer.tokenize(text), WINDOW))
                .toList();
        return Uni.createFrom()
                .item(() -> encoder.submit(pairs, Priority.INTERACTIVE).stream()
                        .map(result -> (float)
                                (1 / (1 + Math.exp(-result.join().value().logit()))))
                        .toList());
    }

    @Override
    public void close() {
        encoder.close(Duration.ofSeconds(5));
    }
}
