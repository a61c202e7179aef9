package quintet.bench.encoder;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import quintet.encoder.BiEncoder;
import quintet.encoder.EncoderOptions;
import quintet.encoder.Overflow;
import quintet.encoder.RunListener;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.work.Priority;
import quintet.encoder.work.Timed;

/** The vectors of a transformer, shipped or in a folder. */
record TransformerVectors(BiEncoder encoder) implements VectorSource {
    private static final int RUN_TOKENS = 192;

    static TransformerVectors load(ModelPackage source, int threads, Path cache) {
        return new TransformerVectors(BiEncoder.load(
                source, new EncoderOptions(cache, threads, 1, Integer.MAX_VALUE, RUN_TOKENS, RunListener.NONE)));
    }

    @Override
    public String name() {
        return encoder.descriptor().name();
    }

    @Override
    public List<float[]> passages(List<String> texts) {
        return embed(texts, text -> encoder.passage(text, Overflow.CUT));
    }

    @Override
    public List<float[]> queries(List<String> texts) {
        return embed(texts, text -> encoder.query(text, Overflow.CUT));
    }

    private List<float[]> embed(List<String> texts, Function<String, TokenSequence> sequence) {
        return encoder.submit(texts.stream().map(sequence).toList(), Priority.BULK).stream()
                .map(CompletableFuture::join)
                .map(Timed::value)
                .toList();
    }

    @Override
    public void close() {
        encoder.close(Duration.ofSeconds(1));
    }
}
