package quintet.generate.pipeline;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.AnswerMode;
import quintet.generate.model.Claim;
import quintet.generate.model.ClaimCounts;
import quintet.generate.model.Completion;
import quintet.generate.model.FinishReason;
import quintet.generate.model.Priority;
import quintet.generate.model.Source;
import quintet.generate.pipeline.cache.AnswerCache;
import quintet.generate.pipeline.cache.CachingChatModel;
import quintet.generate.pipeline.evidence.ClaimChecker;
import quintet.generate.port.ChatModel;

/** Has a chat model write the answer, ties it to its evidence, and sees to it that every answer has an end. */
@Startup
@ApplicationScoped
class AnswerWriter {
    private static final Logger LOG = Logger.getLogger(AnswerWriter.class);

    private final ChatModel preferred;
    private final ChatModel fallback;
    private final ActiveAnswers active;
    private final AnswerMetrics metrics;
    private final Tracer tracer;
    private final GenerateConfig.Overload whenOverloaded;
    private final ClaimChecker checker;
    private final Duration claimTimeout;

    AnswerWriter(
            @All List<ChatModel> models,
            ActiveAnswers active,
            AnswerMetrics metrics,
            ClaimChecker checker,
            AnswerCache cache,
            Tracer tracer,
            GenerateConfig config) {
        this.preferred = CachingChatModel.of(
                models.stream()
                        .filter(ChatModel::configured)
                        .max(Comparator.comparing(ChatModel::mode))
                        .orElseThrow(),
                cache);
        this.fallback = models.stream()
                .filter(model -> model.mode() == AnswerMode.EXTRACTIVE)
                .findFirst()
                .orElseThrow();
        this.active = active;
        this.metrics = metrics;
        this.tracer = tracer;
        this.whenOverloaded = config.whenOverloaded();
        this.checker = checker;
        this.claimTimeout = config.claimTimeout();
    }

    /** Returns how answers are written as long as nothing fails. */
    AnswerMode mode() {
        return preferred.mode();
    }

    /** Returns the name of the model that writes answers as long as nothing fails. */
    String modelName() {
        return preferred.name();
    }

    /**
     * Returns the sources, then the answer. Fails only before the first event, with OVERLOADED; whatever goes wrong afterwards is the
     * last event.
     */
    Multi<AnswerEvent> write(Answering answering, List<Source> sources) {
        Plan plan = plan(answering, sources);
        Multi<AnswerEvent> first = Multi.createFrom()
                .item(new AnswerEvent.Sources(plan.task().sources(), answering.traceId(), answering.searchId()));
        Multi<AnswerEvent> text = Multi.createFrom().deferred(() -> new Writing(answering, plan).events());
        return Multi.createBy().concatenating().streams(first, text);
    }

    /** Who writes what. */
    private record Plan(ChatModel writer, ChatModel.Task task) {}

    /** Where the model servers are busy: fewer passages, which take less time; else the passages alone, or no answer at all. */
    private Plan plan(Answering answering, List<Source> sources) {
        ChatModel.Task whole = task(answering, sources);
        if (sources.isEmpty()) {
            // A language model without passages has nothing to say.
            return new Plan(fallback, whole);
        }
        Optional<Failure> refusal = preferred.refusal(whole);
        if (refusal.isEmpty()) {
            return new Plan(preferred, whole);
        }
        if (sources.size() > 1) {
            ChatModel.Task less = task(answering, sources.subList(0, (sources.size() + 1) / 2));
            if (preferred.refusal(less).isEmpty()) {
                answering.degrade(List.of("passages"));
                return new Plan(preferred, less);
            }
        }
        if (!answersBusy(answering)) {
            throw refusal.get();
        }
        LOG.debugf("extractive answer instead: %s", refusal.get().message());
        answering.degrade(List.of("extractive"));
        return new Plan(fallback, whole);
    }

    /** Returns whether the question is answered from the passages alone when the model servers are busy. */
    private boolean answersBusy(Answering answering) {
        return whenOverloaded == GenerateConfig.Overload.DEGRADE
                && answering.question().asker().priority() == Priority.INTERACTIVE;
    }

    private static ChatModel.Task task(Answering answering, List<Source> sources) {
        return new ChatModel.Task(
                answering.query(),
                sources,
                PromptAssembler.assemble(answering.question(), sources),
                answering.question().asker(),
                answering.deadline());
    }

    /** Returns all that was asked: an answer may repeat names of it. */
    private static String asked(Answering answering) {
        StringBuilder asked = new StringBuilder(answering.query());
        asked.append('\n').append(answering.question().text());
        answering.question().history().forEach(turn -> asked.append('\n').append(turn.content()));
        return asked.toString();
    }

    /** One answer being written. */
    private final class Writing {
        private final Answering answering;
        private final ChatModel.Task task;
        private final Grounding grounding;
        private final ClaimChecks checks;
        private final Span span = tracer.spanBuilder("generate").startSpan();
        private final Duration before;
        private ChatModel writer;
        private boolean tokenSent;

        Writing(Answering answering, Plan plan) {
            this.answering = answering;
            this.task = plan.task();
            this.grounding = new Grounding(task.sources());
            this.checks = new ClaimChecks(checker, task.sources(), asked(answering), claimTimeout);
            this.before = answering.elapsed();
            this.writer = plan.writer();
        }

        Multi<AnswerEvent> events() {
            return AnswerGuard.until(answering.deadline(), active, writer.complete(task))
                    .onFailure(this::mayFallBack)
                    .recoverWithMulti(this::fallBack)
                    .onItem()
                    .transformToMultiAndConcatenate(this::events)
                    .onFailure()
                    .recoverWithItem(this::failed)
                    .onTermination()
                    .invoke(() -> {
                        checks.cancel();
                        span.end();
                    });
        }

        /** An answer that nobody has seen a word of may still be put together from the passages. */
        private boolean mayFallBack(Throwable thrown) {
            Failure failure = Failure.of(thrown);
            return !tokenSent
                    && writer.mode() == AnswerMode.GENERATIVE
                    && !failure.reason().equals(ActiveAnswers.SHUTTING_DOWN)
                    && (failure.kind() != Failure.Kind.OVERLOADED || answersBusy(answering));
        }

        private Multi<Completion> fallBack(Throwable thrown) {
            Failure failure = Failure.of(thrown);
            LOG.warnf("extractive answer instead, reason=%s: %s", failure.reason(), thrown.getMessage());
            answering.degrade(List.of("extractive"));
            writer = fallback;
            return fallback.complete(task);
        }

        private Multi<AnswerEvent> events(Completion completion) {
            return switch (completion) {
                case Completion.Delta(String delta) -> {
                    if (!tokenSent) {
                        tokenSent = true;
                        answering.since("first_token", before);
                        metrics.firstToken(answering.elapsed());
                    }
                    List<AnswerEvent> events = new ArrayList<>(grounding.push(delta));
                    check();
                    events.addAll(checks.settled());
                    yield Multi.createFrom().iterable(events);
                }
                case Completion.Finished finished -> {
                    answering.since("generate", before);
                    List<AnswerEvent> left = grounding.end();
                    check();
                    yield Multi.createBy()
                            .concatenating()
                            .streams(
                                    Multi.createFrom().iterable(left),
                                    ending(finished).onItem().<AnswerEvent>disjoint());
                }
            };
        }

        /** What an extractive answer says are the passages' own sentences. */
        private void check() {
            List<Claim> claims = grounding.takeClaims();
            if (writer.mode() == AnswerMode.GENERATIVE && claimTimeout.isPositive()) {
                checks.begin(claims);
            }
        }

        private Multi<List<AnswerEvent>> ending(Completion.Finished finished) {
            Duration written = answering.elapsed();
            return checks.rest()
                    .map(rest -> {
                        if (!checks.counts().equals(ClaimCounts.NONE)) {
                            answering.since("verify", written);
                        }
                        FinishReason reason = grounding.refused() ? FinishReason.NO_ANSWER : finished.reason();
                        AnswerEvent.Done done = answering.done(finished, reason, writer, checks.counts());
                        metrics.done(done, answering.elapsed(), grounding.unknownMarks(), grounding.links());
                        span.setAttribute("quintet.finish_reason", reason.wireName());
                        List<AnswerEvent> last = new ArrayList<>(rest);
                        last.add(done);
                        return last;
                    })
                    .toMulti();
        }

        private AnswerEvent failed(Throwable thrown) {
            Failure failure = Failure.of(thrown);
            Logger.Level level = failure.kind() == Failure.Kind.INTERNAL ? Logger.Level.ERROR : Logger.Level.WARN;
            LOG.logf(level, thrown, "answer failed, reason=%s", failure.reason());
            metrics.failed(failure.reason());
            span.setStatus(StatusCode.ERROR, failure.message());
            return new AnswerEvent.Failed(failure.reason(), failure.message());
        }
    }
}
