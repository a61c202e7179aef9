package quintet.embed.adapter.onnx;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import quintet.embed.adapter.CallersThread;
import quintet.embed.adapter.EncoderMetrics;
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
import quintet.encoder.work.Priority;
import quintet.encoder.work.QueueClosedException;
import quintet.encoder.work.QueueFullException;
import quintet.encoder.work.Timed;
import quintet.failure.Failure;

/** {@link EmbeddingModel} over a transformer in this process. */
public final class OnnxEmbeddingModel implements EmbeddingModel {
    private static final List<String> SHIPPED =
            List.of("bge-small-en-v1.5-int8", "bge-small-en-v1.5", "bge-small-en-v1.5-q", "all-minilm-l6-v2-q");
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final BiEncoder encoder;
    private final EncoderMetrics metrics;
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
        metrics = new EncoderMetrics(registry);
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
    public Uni<EmbedResult> embed(EmbedRequest request, Urgency urgency) {
        return Uni.createFrom()
                .deferred(() -> submit(request, urgency))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(CallersThread.executor());
    }

    @Override
    public EmbedResult embedWhenRoom(List<String> passages) {
        List<TokenSequence> sequences = sequences(EmbedRequest.of(passages, InputSide.PASSAGE));
        try {
            List<CompletableFuture<Timed<float[]>>> results = encoder.submitWhenRoom(sequences, Priority.BULK);
            CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).join();
            return collect(results, sequences, Urgency.BULK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("SHUTTING_DOWN", "the service is shutting down", e);
        } catch (CompletionException | QueueClosedException e) {
            throw toFailure(e);
        }
    }

    private Uni<EmbedResult> submit(EmbedRequest request, Urgency urgency) {
        List<TokenSequence> sequences = sequences(request);
        List<CompletableFuture<Timed<float[]>>> results;
        try {
            results = encoder.submit(sequences, urgency == Urgency.INTERACTIVE ? Priority.INTERACTIVE : Priority.BULK);
        } catch (QueueFullException | QueueClosedException e) {
            throw toFailure(e);
        }
        return Uni.createFrom()
                .completionStage(CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)))
                .map(_ -> collect(results, sequences, urgency))
                .onFailure()
                .transform(this::toFailure)
                .onCancellation()
                .invoke(() -> results.forEach(result -> result.cancel(false)));
    }

    private List<TokenSequence> sequences(EmbedRequest request) {
        List<TokenSequence> sequences = new ArrayList<>(request.texts().size());
        for (int i = 0; i < request.texts().size(); i++) {
            try {
                sequences.add(sequence(request, request.texts().get(i)));
            } catch (TextTooLongException e) {
                throw Failure.invalidInput(
                        "TEXT_TOO_LONG",
                        "text %d has %d tokens, at most %d fit %s".formatted(i, e.tokens(), e.maxTokens(), ref.name()),
                        Map.of(
                                "index", Integer.toString(i),
                                "tokens", Integer.toString(e.tokens()),
                                "bound", Integer.toString(e.maxTokens())));
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

    private EmbedResult collect(
            List<CompletableFuture<Timed<float[]>>> results, List<TokenSequence> sequences, Urgency urgency) {
        List<Embedding> embeddings = new ArrayList<>(results.size());
        Duration queueTime = Duration.ZERO;
        Duration computeTime = Duration.ZERO;
        for (int i = 0; i < results.size(); i++) {
            Timed<float[]> result = results.get(i).join();
            TokenSequence sequence = sequences.get(i);
            metrics.embedded(result, urgency);
            embeddings.add(new Embedding(new UnitVector(result.value()), sequence.length(), sequence.truncated()));
            queueTime = queueTime.compareTo(result.queueTime()) >= 0 ? queueTime : result.queueTime();
            computeTime = computeTime.plus(result.computeTime());
        }
        return new EmbedResult(embeddings, ref, queueTime, computeTime);
    }

    private Failure toFailure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (cause) {
            case QueueFullException full -> {
                metrics.refused();
                yield Failure.overloaded("OVERLOADED", String.valueOf(full.getMessage()), COME_AGAIN);
            }
            case QueueClosedException closed ->
                Failure.unavailable("SHUTTING_DOWN", "the service is shutting down", closed);
            default -> Failure.of(cause);
        };
    }
}
