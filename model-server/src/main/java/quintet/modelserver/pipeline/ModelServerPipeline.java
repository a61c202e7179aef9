package quintet.modelserver.pipeline;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import quintet.failure.Failure;
import quintet.modelserver.model.GenerationEvent;
import quintet.modelserver.model.GenerationRequest;
import quintet.modelserver.model.ModelRef;
import quintet.modelserver.model.Prompt;

/**
 * Completions of a language model that runs in this process. A request waits in the {@link Engine}'s queue, its prompt becomes tokens, and
 * the {@link Scheduler} computes it together with all others, a token or several at a step, until it ends.
 */
@ApplicationScoped
public class ModelServerPipeline {
    private final Engine engine;
    private final int defaultMaxTokens;

    ModelServerPipeline(Engine engine, EngineConfig config) {
        this.engine = engine;
        this.defaultMaxTokens = config.defaultMaxTokens();
    }

    /** Describes the model. */
    public ModelRef ref() {
        return engine.ref();
    }

    /** Whether requests are taken: from when the model is loaded until the process stops. */
    public boolean ready() {
        return engine.takesRequests();
    }

    /** Bound on the tokens of a completion that names none. */
    public int defaultMaxTokens() {
        return defaultMaxTokens;
    }

    /**
     * Computes a completion. Cancelling it frees its slot at the next step. What a slow reader has not taken yet is kept, at most the
     * completion itself, whose length is bounded; it slows nobody down.
     *
     * @return text as it comes, then exactly one {@link GenerationEvent.Finished}; fails with OVERLOADED if too many wait, with
     *     CONTEXT_OVERFLOW if the prompt is too long, with SHUTTING_DOWN
     */
    public Multi<GenerationEvent> generate(GenerationRequest request) {
        return Multi.createFrom()
                .<GenerationEvent>emitter(emitter -> start(request, emitter), BackPressureStrategy.BUFFER)
                .emitOn(callersThread());
    }

    /** Returns the tokens of a prompt, as a completion would get them. */
    public Uni<List<Integer>> tokenize(Prompt prompt) {
        return Uni.createFrom()
                .completionStage(
                        () -> engine.ask(model -> Prompts.tokens(prompt, model).toList()))
                .emitOn(callersThread());
    }

    /** Returns the text that tokens stand for. */
    public Uni<String> detokenize(List<Integer> tokens) {
        return Uni.createFrom()
                .completionStage(() -> engine.ask(model -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    Prompts.check(tokens, model.ref().vocabularySize());
                    tokens.forEach(token -> bytes.writeBytes(model.piece(token)));
                    return bytes.toString(StandardCharsets.UTF_8);
                }))
                .emitOn(callersThread());
    }

    private void start(GenerationRequest request, MultiEmitter<? super GenerationEvent> emitter) {
        Runnable cancel = engine.generate(request, new CompletionListener() {
            @Override
            public void on(GenerationEvent event) {
                var _ = emitter.emit(event);
                if (event instanceof GenerationEvent.Finished) {
                    emitter.complete();
                }
            }

            @Override
            public void failed(Failure failure) {
                emitter.fail(failure);
            }
        });
        var _ = emitter.onTermination(cancel);
    }

    /** Tokens arrive on the thread of the model; what follows belongs on the thread of the request. */
    private static Executor callersThread() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(_ -> task.run());
    }
}
