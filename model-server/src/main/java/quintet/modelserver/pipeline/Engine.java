package quintet.modelserver.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import quintet.failure.Failure;
import quintet.modelserver.model.GenerationEvent;
import quintet.modelserver.model.GenerationRequest;
import quintet.modelserver.model.ModelRef;
import quintet.modelserver.model.Tokens;
import quintet.modelserver.pipeline.speculation.Drafter;
import quintet.modelserver.pipeline.speculation.ModelDrafter;
import quintet.modelserver.pipeline.speculation.NgramDrafter;
import quintet.modelserver.pipeline.speculation.SpeculationConfig;
import quintet.modelserver.pipeline.speculation.SpeculationSwitch;
import quintet.modelserver.port.LanguageModel;
import quintet.modelserver.port.Models;

/**
 * The one thread that the model belongs to: it loads it, takes in what is asked, steps the {@link Scheduler} as long as there is something
 * to do, and frees it. Everything else talks to it through a queue, so no native call ever meets another or a freed model.
 *
 * <p>A model that can not be used ends the start with a sentence that says why. A thread that dies, or {@value #FAILED_STEPS} steps in a
 * row that fail, end the process: whoever keeps it running starts it anew.
 */
@Startup
@ApplicationScoped
class Engine {
    private static final Logger LOG = Logger.getLogger(Engine.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int MAILBOX = 1024;
    /** Messages taken in between two steps: reading a long prompt's text takes milliseconds, and completions wait for it. */
    private static final int MESSAGES_PER_STEP = 8;

    private static final int FAILED_STEPS = 3;

    private final Models models;
    private final EngineConfig config;
    private final SpeculationConfig speculation;
    private final MeterRegistry meters;
    private final BlockingQueue<Message> mailbox = new ArrayBlockingQueue<>(MAILBOX);
    private final AtomicInteger inside = new AtomicInteger();
    private final ModelRef ref;
    private final int room;
    private final Thread thread;
    private volatile boolean refusing;

    /** Something to do for the thread of the model, or the reason why it never will. */
    private interface Message {
        void handle(LanguageModel model, Scheduler scheduler);

        void refuse(Failure failure);
    }

    /** What is known once the model is loaded. */
    private record Loaded(ModelRef ref, int slots) {}

    /** Ends the thread. */
    private static final class Stop implements Message {
        @Override
        public void handle(LanguageModel model, Scheduler scheduler) {
            scheduler.failAll(shuttingDown());
        }

        @Override
        public void refuse(Failure failure) {}
    }

    Engine(Models models, EngineConfig config, SpeculationConfig speculation, MeterRegistry meters) {
        this.models = models;
        this.config = config;
        this.speculation = speculation;
        this.meters = meters;
        CompletableFuture<Loaded> loaded = new CompletableFuture<>();
        this.thread = Thread.ofPlatform().name("model").unstarted(() -> run(loaded));
        thread.start();
        Loaded model = await(loaded);
        this.ref = model.ref();
        this.room = model.slots() + config.queue();
    }

    private static Loaded await(CompletableFuture<Loaded> loaded) {
        try {
            return loaded.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the model could not be loaded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the start was interrupted", e);
        }
    }

    /** Describes the model. */
    ModelRef ref() {
        return ref;
    }

    /** Whether it takes requests. */
    boolean takesRequests() {
        return !refusing && thread.isAlive();
    }

    /** Asks for a completion; what comes of it is told on the thread of the model. The result cancels it. */
    Runnable generate(GenerationRequest request, CompletionListener listener) {
        if (inside.incrementAndGet() > room) {
            inside.decrementAndGet();
            throw Failure.overloaded(
                    "OVERLOADED",
                    "%d completions are being computed or wait, that is the most at once".formatted(room),
                    RETRY_AFTER);
        }
        Request message = new Request(request, new Leaving(listener));
        send(message);
        return message::cancel;
    }

    /** Asks something of the model; the answer comes on its thread. */
    <T> CompletableFuture<T> ask(Function<LanguageModel, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        send(new Message() {
            @Override
            public void handle(LanguageModel model, Scheduler scheduler) {
                try {
                    answer.complete(question.apply(model));
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            }

            @Override
            public void refuse(Failure failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    void refuse(@Observes ShutdownDelayInitiatedEvent event) {
        refusing = true;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        refusing = true;
        long end = System.nanoTime() + config.shutdownGrace().toNanos();
        while (inside.get() > 0 && System.nanoTime() < end && thread.isAlive()) {
            Thread.sleep(Duration.ofMillis(20));
        }
        mailbox.put(new Stop());
        thread.join(Duration.ofSeconds(20));
    }

    private void send(Message message) {
        if (!takesRequests()) {
            message.refuse(shuttingDown());
        } else if (!mailbox.offer(message)) {
            message.refuse(Failure.overloaded(
                    "OVERLOADED",
                    "%d requests wait to be looked at, that is the most at once".formatted(MAILBOX),
                    RETRY_AFTER));
        }
    }

    private void run(CompletableFuture<Loaded> loaded) {
        long begun = System.nanoTime();
        try (LanguageModel model = models.load();
                Drafter drafter = drafter(model)) {
            ServerMetrics metrics = new ServerMetrics(meters, model.ref().name());
            Scheduler scheduler =
                    new Scheduler(model, drafter, speculation.budgetTokens(), config.prefillTokens(), metrics);
            LOG.infof(
                    "model %s (%s), context of %d tokens, %d cells, %d slots, loaded in %d ms",
                    model.ref().name(),
                    model.ref().description(),
                    model.ref().contextTokens(),
                    model.cells(),
                    model.sequences(),
                    (System.nanoTime() - begun) / 1_000_000);
            loaded.complete(new Loaded(model.ref(), model.sequences()));
            serve(model, scheduler);
        } catch (Throwable e) {
            if (!loaded.completeExceptionally(e)) {
                LOG.error("the thread of the model ended, and so does the process", e);
                Quarkus.asyncExit(1);
            }
        } finally {
            mailbox.forEach(message -> message.refuse(shuttingDown()));
        }
    }

    private Drafter drafter(LanguageModel model) {
        Optional<LanguageModel> draft = speculation.enabled() ? models.loadDraft(model) : Optional.empty();
        return draft.<Drafter>map(ModelDrafter::new)
                .orElseGet(() -> new NgramDrafter(
                        Math.max(speculation.ngramMax(), speculation.ngramMin()), speculation.ngramMin()));
    }

    private void serve(LanguageModel model, Scheduler scheduler) throws InterruptedException {
        int failed = 0;
        while (true) {
            int most = scheduler.idle() ? 1 : MESSAGES_PER_STEP;
            Message message = scheduler.idle() ? mailbox.take() : mailbox.poll();
            for (int taken = 0; message != null; message = ++taken < most ? mailbox.poll() : null) {
                message.handle(model, scheduler);
                if (message instanceof Stop) {
                    return;
                }
            }
            try {
                scheduler.step();
                failed = 0;
            } catch (RuntimeException e) {
                LOG.error("a step failed, and all completions with it", e);
                scheduler.failAll(Failure.internal(e));
                if (++failed == FAILED_STEPS) {
                    throw e;
                }
            }
        }
    }

    private static Failure shuttingDown() {
        return Failure.unavailable("SHUTTING_DOWN", "the model server is stopping, ask again", null);
    }

    /** Gives the place of a completion back when it ends. */
    private final class Leaving implements CompletionListener {
        private final CompletionListener listener;
        private boolean left;

        Leaving(CompletionListener listener) {
            this.listener = listener;
        }

        @Override
        public void on(GenerationEvent event) {
            if (event instanceof GenerationEvent.Finished) {
                leave();
            }
            listener.on(event);
        }

        @Override
        public void failed(Failure failure) {
            leave();
            listener.failed(failure);
        }

        synchronized void leave() {
            if (!left) {
                left = true;
                inside.decrementAndGet();
            }
        }
    }

    /** A request that becomes a completion once its prompt is read. */
    private final class Request implements Message {
        private final GenerationRequest request;
        private final Leaving listener;
        private final long arrived = System.nanoTime();
        private volatile boolean cancelled;
        private volatile @Nullable Completion completion;

        Request(GenerationRequest request, Leaving listener) {
            this.request = request;
            this.listener = listener;
        }

        void cancel() {
            cancelled = true;
            Completion running = completion;
            if (running != null) {
                running.cancel();
            }
            listener.leave();
        }

        @Override
        public void handle(LanguageModel model, Scheduler scheduler) {
            if (cancelled) {
                return;
            }
            try {
                Tokens prompt = Prompts.tokens(request.prompt(), model);
                int room = scheduler.mostTokens() - prompt.size();
                if (room < 1) {
                    throw Prompts.tooLong(prompt.size(), scheduler.mostTokens());
                }
                completion = new Completion(
                        request,
                        prompt,
                        Math.min(request.maxTokens(), room),
                        new SpeculationSwitch(
                                speculation.enabled() && request.speculate() ? speculation.maxTokens() : 0,
                                speculation.minAcceptance()),
                        listener,
                        arrived);
                if (cancelled) {
                    completion.cancel();
                }
                scheduler.submit(completion);
            } catch (RuntimeException e) {
                listener.failed(Failure.of(e));
            }
        }

        @Override
        public void refuse(Failure failure) {
            listener.failed(failure);
        }
    }
}
