package quintet.embed.adapter.words;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import quintet.embed.adapter.CallersThread;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.ModelRef;
import quintet.embed.model.UnitVector;
import quintet.embed.model.Urgency;
import quintet.embed.port.EmbeddingModel;
import quintet.encoder.model.ModelException;
import quintet.encoder.words.NoKnownWordException;
import quintet.encoder.words.WordEmbedding;
import quintet.encoder.words.WordEncoder;
import quintet.encoder.words.WordModelFolder;
import quintet.failure.Failure;

/**
 * {@link EmbeddingModel} over static word vectors in this process. Tokens are words, texts of any length fit, and queries are read as
 * passages are. A text takes microseconds, so there is no queue and nothing overtakes.
 *
 * <p>Vectors have one dimension more than the words' own. It is 0 for every text with a known word. A passage of a document without
 * one, such as a table of codes, has 1 there and 0 elsewhere: its cosine with every query is exactly 0, so it is found by its
 * keywords alone, and its document does not fail. What a caller asks for is refused instead, with NO_KNOWN_WORD.
 */
public final class WordEmbeddingModel implements EmbeddingModel {
    private final WordEncoder encoder;
    private final ModelRef ref;
    private final Embedding unknown;
    private final Counter unknownPassages;

    /**
     * Loads the model in a folder.
     *
     * @throws ModelException if it can not be loaded or is not as it is described
     */
    public WordEmbeddingModel(Path folder, MeterRegistry registry) {
        encoder = WordEncoder.load(WordModelFolder.of(folder));
        int dimension = encoder.vectors().dimension() + 1;
        ref = new ModelRef(encoder.descriptor().name(), encoder.revision(), dimension);
        float[] ownAxis = new float[dimension];
        ownAxis[dimension - 1] = 1;
        unknown = new Embedding(new UnitVector(ownAxis), 0, false);
        unknownPassages = Counter.builder("quintet.embed.unknown.passages")
                .description("Passages of documents without a known word, which only their keywords find")
                .register(registry);
    }

    @Override
    public void close() {
        // Nothing is waiting and nothing is held.
    }

    @Override
    public ModelRef ref() {
        return ref;
    }

    @Override
    public Uni<Void> ready() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public int maxPassageTokens() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean canBeCutTo(int dimensions) {
        return dimensions == ref.dimension();
    }

    @Override
    public boolean takesInstructions() {
        return false;
    }

    @Override
    public boolean takesImages() {
        return false;
    }

    @Override
    public int countTokens(String text) {
        return encoder.countWords(text);
    }

    @Override
    public String firstTokens(String text, int maxTokens) {
        return encoder.firstWords(text, maxTokens);
    }

    @Override
    public Uni<EmbedResult> embed(EmbedRequest request, Urgency urgency) {
        return Uni.createFrom()
                .item(() -> embedKnown(request.texts()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(CallersThread.executor());
    }

    @Override
    public EmbedResult embedWhenRoom(List<String> passages) {
        long begun = System.nanoTime();
        List<Embedding> embeddings = new ArrayList<>(passages.size());
        for (String passage : passages) {
            try {
                embeddings.add(encode(passage));
            } catch (NoKnownWordException e) {
                unknownPassages.increment();
                embeddings.add(unknown);
            }
        }
        return result(embeddings, begun);
    }

    private EmbedResult embedKnown(List<String> texts) {
        long begun = System.nanoTime();
        List<Embedding> embeddings = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            try {
                embeddings.add(encode(texts.get(i)));
            } catch (NoKnownWordException e) {
                throw Failure.invalidInput(
                        "NO_KNOWN_WORD",
                        "text %d has no vector: %s".formatted(i, e.getMessage()),
                        Map.of(
                                "index", Integer.toString(i),
                                "knownWords", Integer.toString(e.knownWords()),
                                "unknownWords", Integer.toString(e.unknownWords())));
            }
        }
        return result(embeddings, begun);
    }

    private Embedding encode(String text) {
        WordEmbedding embedding = encoder.encode(text);
        return new Embedding(
                new UnitVector(Arrays.copyOf(embedding.vector(), ref.dimension())), embedding.tokens(), false);
    }

    private EmbedResult result(List<Embedding> embeddings, long begun) {
        return new EmbedResult(embeddings, ref, Duration.ZERO, Duration.ofNanos(System.nanoTime() - begun));
    }
}
