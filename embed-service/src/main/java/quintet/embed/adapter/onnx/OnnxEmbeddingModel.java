package quintet.embed.adapter.onnx;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import quintet.embed.adapter.CallersThread;
import quintet.embed.adapter.EncoderMetrics;
import quintet.embed.adapter.QueuedModel;
import quintet.embed.adapter.RefusedTexts;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.InputSide;
import quintet.embed.model.ModelRef;
import quintet.embed.model.UnitVector;
import quintet.embed.model.Urgency;
import quintet.embed.port.EmbeddingModel;
import quintet.encoder.BiEncoder;
import quintet.encoder.EncoderOptions;
import quintet.encoder.Overflow;
import quintet.encoder.TextTooLongException;
import quintet.encoder.model.ModelException;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.TokenizedText;

/** {@link EmbeddingModel} over a transformer in this process. */
public final class OnnxEmbeddingModel implements EmbeddingModel {
    private static final List<String> SHIPPED =
            List.of("bge-small-en-v1.5-int8", "bge-small-en-v1.5", "bge-small-en-v1.5-q", "all-minilm-l6-v2-q");

    private final BiEncoder encoder;
    private final QueuedModel<TokenSequence, float[]> queue;
    private final ModelRef ref;
    private final int maxPassageTokens;
    private final Duration drain;

    /**
     * Loads the model and starts its workers.
     *
     * @throws ModelException if it can not be loaded or is not as it is described
     */
    public OnnxEmbeddingModel(OnnxConfig config, MeterRegistry registry) {
        ModelPackage source = source(config.model());
        int workers = config.workers().orElse(Runtime.getRuntime().availableProcessors());
        EncoderMetrics metrics = new EncoderMetrics(registry);
        encoder = BiEncoder.load(
                source,
                new EncoderOptions(
                        config.cacheDir(),
                        workers,
                        config.interactiveQueue(),
                        config.bulkQueue(),
                        config.batchTokens(),
                        metrics));
        metrics.watch(registry, encoder::waiting);
        ref = new ModelRef(
                encoder.descriptor().name(),
                encoder.revision(),
                encoder.descriptor().dimension());
        queue = new QueuedModel<>(ref, encoder::submit, encoder::submitWhenRoom, OnnxEmbeddingModel::describe, metrics);
        maxPassageTokens =
                encoder.descriptor().maxTokens() - encoder.passage("").length();
        drain = config.drain();
    }

    /** Returns whether a model of that name is part of this program. */
    public static boolean isShipped(String model) {
        return SHIPPED.contains(model);
    }

    private static ModelPackage source(String model) {
        if (isShipped(model)) {
            return ModelPackage.ofResources("models/" + model);
        }
        if (!Files.isDirectory(Path.of(model))) {
            throw new ModelException("quintet.embed.model is %s, which is no folder and none of %s"
                    .formatted(model, String.join(", ", SHIPPED)));
        }
        return ModelPackage.ofFolder(Path.of(model));
    }

    @Override
    public void close() {
        encoder.close(drain);
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
        return maxPassageTokens;
    }

    @Override
    public boolean canBeCutTo(int dimensions) {
        return encoder.descriptor().canBeCutTo(dimensions);
    }

    @Override
    public boolean takesInstructions() {
        return encoder.descriptor().instruction().isPresent();
    }

    @Override
    public int countTokens(String text) {
        return encoder.tokenizer().tokenize(text).size();
    }

    @Override
    public String firstTokens(String text, int maxTokens) {
        TokenizedText tokens = encoder.tokenizer().tokenize(text);
        return tokens.size() <= maxTokens ? text : text.substring(0, maxTokens == 0 ? 0 : tokens.end(maxTokens - 1));
    }

    @Override
    public boolean takesImages() {
        return false;
    }

    @Override
    public Uni<EmbedResult> embed(EmbedRequest request, Urgency urgency) {
        return Uni.createFrom()
                .deferred(() -> queue.embed(sequences(request), urgency))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(CallersThread.executor());
    }

    @Override
    public EmbedResult embedWhenRoom(List<String> passages) {
        return queue.embedWhenRoom(sequences(EmbedRequest.of(passages, InputSide.PASSAGE)));
    }

    private List<TokenSequence> sequences(EmbedRequest request) {
        List<TokenSequence> sequences = new ArrayList<>(request.texts().size());
        for (int i = 0; i < request.texts().size(); i++) {
            try {
                sequences.add(sequence(request, request.texts().get(i)));
            } catch (TextTooLongException e) {
                throw RefusedTexts.tooLong(i, e, ref.name());
            }
        }
        return sequences;
    }

    private TokenSequence sequence(EmbedRequest request, String text) {
        Overflow overflow = request.truncate() ? Overflow.CUT : Overflow.REFUSE;
        if (request.instruction().isPresent()) {
            return encoder.instructed(request.instruction().get(), text, overflow);
        }
        return request.side() == InputSide.QUERY ? encoder.query(text, overflow) : encoder.passage(text, overflow);
    }

    private static Embedding describe(TokenSequence sequence, float[] vector) {
        return new Embedding(new UnitVector(vector), sequence.length(), sequence.truncated());
    }
}
