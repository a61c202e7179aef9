package quintet.embed.adapter.openai;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import quintet.embed.adapter.CallersThread;
import quintet.embed.adapter.EncoderMetrics;
import quintet.embed.adapter.QueuedModel;
import quintet.embed.adapter.openai.Repeater.Outcome;
import quintet.embed.model.EmbedRequest;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.InputSide;
import quintet.embed.model.ModelRef;
import quintet.embed.model.Urgency;
import quintet.embed.port.EmbeddingModel;
import quintet.encoder.model.ModelException;
import quintet.encoder.tokenizer.TokenizedText;
import quintet.encoder.tokenizer.Tokenizer;
import quintet.encoder.work.Batching;
import quintet.encoder.work.Priority;
import quintet.encoder.work.WorkQueue;
import quintet.failure.Failure;

/**
 * {@link EmbeddingModel} over any server that speaks OpenAI's embeddings: text-embeddings-inference, vLLM, Infinity, OpenAI. Texts
 * wait in two bounded queues, one for callers and one for documents, each with its own few requests under way.
 *
 * <p>Tokens are counted by the shipped WordPiece tokenizer: an estimate, because the server's model may cut words otherwise. Whether
 * the same text always gets the same bits is up to the server. A text whose request is under way when its caller leaves is embedded
 * for nobody; one that waits is dropped.
 */
public final class RemoteEmbeddingModel implements EmbeddingModel {
    private static final Logger LOG = Logger.getLogger(RemoteEmbeddingModel.class);
    private static final int SPECIAL_TOKENS = 2;

    private final EmbeddingServer server;
    private final Tokenizer tokenizer;
    private final EncoderMetrics metrics;
    private final WorkQueue<Text, Outcome> interactive;
    private final WorkQueue<Text, Outcome> bulk;
    private final QueuedModel<Text, Outcome> forCallers;
    private final QueuedModel<Text, Outcome> forDocuments;
    private final ModelRef ref;
    private final int maxTokens;
    private final String queryPrefix;
    private final String passagePrefix;
    private final Duration drain;
    private volatile boolean fits;

    /**
     * A text as it is sent.
     *
     * @param tokens estimated, special ones included
     */
    private record Text(String text, int tokens, boolean truncated) {}

    /** Bounds a request by its texts and by its tokens, each text counted as the longest. */
    private record RequestSize(int texts, int tokens) implements Batching<Text> {
        @Override
        public int size(Text text) {
            return text.tokens;
        }

        @Override
        public boolean joins(int items, int largest, int next) {
            return items < texts && (long) (items + 1) * Math.max(largest, next) <= tokens;
        }
    }

    /**
     * Asks the server for a vector. One that does not answer may come later; until then the service is not ready.
     *
     * @param tokenizer that estimates the tokens of a text
     * @throws ModelException if the server answers, but with another model than is configured
     */
    public RemoteEmbeddingModel(RemoteConfig config, Tokenizer tokenizer, MeterRegistry registry) {
        this.tokenizer = tokenizer;
        metrics = new EncoderMetrics(registry);
        server = new EmbeddingServer(config);
        ref = new ModelRef(server.model(), config.revision(), server.dimension());
        maxTokens = config.maxTokens();
        queryPrefix = config.queryPrefix().orElse("");
        passagePrefix = config.passagePrefix().orElse("");
        drain = config.drain();
        Repeater repeater = new Repeater(server, config);
        RequestSize size = new RequestSize(config.batchTexts(), config.batchTokens());
        try {
            check();
        } catch (Failure e) {
            LOG.warnf("not ready, and will try again: %s", e.message());
        } catch (ModelException e) {
            server.close();
            throw e;
        }
        interactive = queue(repeater, Priority.INTERACTIVE, config.connections(), config.interactiveQueue(), size);
        bulk = queue(repeater, Priority.BULK, config.connections(), config.bulkQueue(), size);
        forCallers = new QueuedModel<>(ref, interactive::submit, interactive::submitWhenRoom, this::describe, metrics);
        forDocuments = new QueuedModel<>(ref, bulk::submit, bulk::submitWhenRoom, this::describe, metrics);
        metrics.watch(registry, priority -> (priority == Priority.INTERACTIVE ? interactive : bulk).waiting(priority));
    }

    private WorkQueue<Text, Outcome> queue(
            Repeater repeater, Priority priority, int connections, int capacity, RequestSize size) {
        return new WorkQueue<>(
                "embedding-server-" + priority.name().toLowerCase(Locale.ROOT),
                connections,
                Map.of(priority, capacity),
                size,
                () -> batch -> {
                    long begun = System.nanoTime();
                    List<Outcome> outcomes =
                            repeater.embed(batch.stream().map(Text::text).toList(), priority);
                    metrics.ran(
                            batch.size(),
                            batch.stream().mapToInt(Text::tokens).sum(),
                            Duration.ofNanos(System.nanoTime() - begun));
                    return outcomes;
                });
    }

    @Override
    public Uni<Void> ready() {
        return fits
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .voidItem()
                        .invoke(this::check)
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    @Override
    public void close() {
        boolean _ = interactive.close(drain);
        boolean _ = bulk.close(drain);
        server.close();
    }

    @Override
    public ModelRef ref() {
        return ref;
    }

    @Override
    public int maxPassageTokens() {
        return maxTokens - SPECIAL_TOKENS - countTokens(passagePrefix);
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
        return tokenizer.tokenize(text).size();
    }

    @Override
    public String firstTokens(String text, int maxTokens) {
        TokenizedText tokens = tokenizer.tokenize(text);
        return tokens.size() <= maxTokens ? text : text.substring(0, maxTokens == 0 ? 0 : tokens.end(maxTokens - 1));
    }

    @Override
    public Uni<EmbedResult> embed(EmbedRequest request, Urgency urgency) {
        QueuedModel<Text, Outcome> queue = urgency == Urgency.INTERACTIVE ? forCallers : forDocuments;
        return Uni.createFrom()
                .deferred(() -> queue.embed(texts(request), urgency))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(CallersThread.executor());
    }

    @Override
    public EmbedResult embedWhenRoom(List<String> passages) {
        return forDocuments.embedWhenRoom(texts(EmbedRequest.of(passages, InputSide.PASSAGE)));
    }

    /** Asks for one vector and compares it with what is configured. */
    private void check() {
        try {
            List<?> _ = server.embed(List.of(passagePrefix + "test"));
            fits = true;
        } catch (TryAgainException e) {
            throw EmbeddingServer.unavailable(e.getMessage());
        } catch (TextRefusedException e) {
            throw EmbeddingServer.unavailable(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("SHUTTING_DOWN", "the service is shutting down", e);
        }
    }

    private List<Text> texts(EmbedRequest request) {
        String prefix = request.side() == InputSide.QUERY ? queryPrefix : passagePrefix;
        List<Text> texts = new ArrayList<>(request.texts().size());
        for (int i = 0; i < request.texts().size(); i++) {
            String whole = prefix + request.texts().get(i);
            int tokens = countTokens(whole) + SPECIAL_TOKENS;
            if (tokens <= maxTokens) {
                texts.add(new Text(whole, tokens, false));
            } else if (request.truncate()) {
                texts.add(new Text(firstTokens(whole, maxTokens - SPECIAL_TOKENS), maxTokens, true));
            } else {
                throw Failure.invalidInput(
                        "TEXT_TOO_LONG",
                        "text %d has about %d tokens, at most %d fit %s".formatted(i, tokens, maxTokens, ref.name()),
                        Map.of(
                                "index", Integer.toString(i),
                                "tokens", Integer.toString(tokens),
                                "bound", Integer.toString(maxTokens)));
            }
        }
        return texts;
    }

    private Embedding describe(Text text, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Made made -> {
                fits = true;
                yield new Embedding(made.vector(), text.tokens, text.truncated);
            }
            case Outcome.Failed failed -> throw failed.why();
        };
    }
}
