package quintet.rerank.adapter.onnx;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import quintet.encoder.EncoderOptions;
import quintet.encoder.PairScore;
import quintet.encoder.model.ModelPackage;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.TokenizedText;
import quintet.encoder.work.Priority;
import quintet.encoder.work.QueueClosedException;
import quintet.encoder.work.QueueFullException;
import quintet.encoder.work.Timed;
import quintet.failure.Failure;
import quintet.rerank.model.ModelRef;
import quintet.rerank.model.ScoredPair;
import quintet.rerank.port.CrossEncoder;

/** {@link CrossEncoder} in this process. A model that can not be used ends the start with a sentence that says why. */
@Startup
@ApplicationScoped
class OnnxCrossEncoder implements CrossEncoder {
    private static final Logger LOG = Logger.getLogger(OnnxCrossEncoder.class);
    private static final Set<String> SHIPPED = Set.of("quintet-reader-v1-int8", "quintet-reader-v1");
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final quintet.encoder.CrossEncoder encoder;
    private final EncoderMetrics metrics;
    private final SpanDecoder spans;
    private final ModelRef ref;
    private final int window;
    private final Duration drain;

    /** A pair on its way through the model. */
    private record Pair(TokenSequence sequence, boolean truncated, CompletableFuture<Timed<PairScore>> result) {}

    OnnxCrossEncoder(OnnxConfig config, MeterRegistry registry) {
        long begun = System.nanoTime();
        ModelPackage source = SHIPPED.contains(config.model())
                ? ModelPackage.ofResources("models/" + config.model())
                : ModelPackage.ofFolder(Path.of(config.model()));
        int workers = config.workers().orElse(Runtime.getRuntime().availableProcessors());
        metrics = new EncoderMetrics(registry);
        encoder = quintet.encoder.CrossEncoder.load(
                source,
                new EncoderOptions(config.cacheDir(), workers, config.queue(), 1, config.batchTokens(), metrics));
        metrics.watch(registry, encoder);
        spans = new SpanDecoder(config.maxSpanTokens());
        ref = new ModelRef(encoder.descriptor().name(), encoder.revision());
        window = Math.min(config.window(), encoder.descriptor().maxTokens());
        drain = config.drain();
        LOG.infof(
                "model %s, revision %s, window of %d tokens, %d workers, loaded in %d ms",
                ref.name(), ref.revision(), window, workers, (System.nanoTime() - begun) / 1_000_000);
    }

    void stop(@Observes ShutdownEvent stop) {
        encoder.close(drain);
    }

    @Override
    public ModelRef ref() {
        return ref;
    }

    @Override
    public Uni<List<Optional<ScoredPair>>> score(String query, List<String> passages, Duration budget) {
        long end = System.nanoTime() + budget.toNanos();
        return Uni.createFrom()
                .deferred(() -> submit(query, passages, end))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(callersThread());
    }

    @Override
    public Uni<List<Integer>> countTokens(List<String> texts) {
        return Uni.createFrom()
                .item(() -> texts.stream()
                        .map(text -> encoder.tokenizer().tokenize(text).size())
                        .toList())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(callersThread());
    }

    private Uni<List<Optional<ScoredPair>>> submit(String query, List<String> passages, long end) {
        List<Pair> pairs = submit(query, passages);
        CompletableFuture<?>[] results = pairs.stream().map(Pair::result).toArray(CompletableFuture[]::new);
        Duration left = Duration.ofNanos(Math.max(1_000, end - System.nanoTime()));
        return Uni.createFrom()
                .completionStage(CompletableFuture.allOf(results))
                .ifNoItem()
                .after(left)
                .recoverWithUni(Uni.createFrom().voidItem())
                .map(_ -> collect(pairs))
                .onFailure()
                .transform(this::toFailure)
                .onCancellation()
                .invoke(() -> drop(pairs));
    }

    private List<Pair> submit(String query, List<String> passages) {
        TokenizedText tokens = encoder.tokenizer().tokenize(query);
        TokenizedText kept = tokens.limit(window / 2);
        List<TokenSequence> sequences = passages.stream()
                .map(passage -> TokenSequence.pair(
                        encoder.tokenizer(), kept, encoder.tokenizer().tokenize(passage), window))
                .toList();
        List<CompletableFuture<Timed<PairScore>>> results;
        try {
            results = encoder.submit(sequences, Priority.INTERACTIVE);
        } catch (QueueFullException | QueueClosedException e) {
            throw toFailure(e);
        }
        boolean queryCut = kept.size() < tokens.size();
        List<Pair> pairs = new ArrayList<>(sequences.size());
        for (int i = 0; i < sequences.size(); i++) {
            pairs.add(new Pair(sequences.get(i), queryCut || sequences.get(i).truncated(), results.get(i)));
        }
        return pairs;
    }

    /** Takes what is there and drops the rest. */
    private List<Optional<ScoredPair>> collect(List<Pair> pairs) {
        drop(pairs);
        return pairs.stream().map(this::read).toList();
    }

    private Optional<ScoredPair> read(Pair pair) {
        if (pair.result().isCancelled()) {
            metrics.late();
            return Optional.empty();
        }
        Timed<PairScore> result = pair.result().join();
        metrics.scored(result);
        return Optional.of(new ScoredPair(
                1 / (1 + Math.exp(-result.value().logit())),
                spans.decode(result.value(), pair.sequence()),
                pair.truncated(),
                result.queueTime(),
                result.computeTime()));
    }

    private static void drop(List<Pair> pairs) {
        pairs.forEach(pair -> pair.result().cancel(false));
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

    /** Results arrive on a worker of the model or on a timer; what follows belongs on the thread of the request. */
    private static Executor callersThread() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(_ -> task.run());
    }
}
