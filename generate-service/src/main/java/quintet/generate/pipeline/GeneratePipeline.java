package quintet.generate.pipeline;

import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.AnswerMode;
import quintet.generate.model.Collection;
import quintet.generate.model.Passage;
import quintet.generate.model.Question;
import quintet.generate.port.PassageReranker;
import quintet.generate.port.PassageRetriever;

/**
 * From a question to an answer with its evidence: search, re-rank, pack, write and cite.
 *
 * <p>A question has a deadline and each stage gets its share of what is left. A stage that is slow or down costs one declared step: a
 * search by words only, the order of the search, an extractive answer. Only when search itself does not answer there is none.
 */
@ApplicationScoped
public class GeneratePipeline {
    private static final Logger LOG = Logger.getLogger(GeneratePipeline.class);

    private final PassageRetriever retriever;
    private final PassageReranker reranker;
    private final ContextPacker packer;
    private final AnswerWriter writer;
    private final ActiveAnswers active;
    private final GenerateConfig config;

    GeneratePipeline(
            PassageRetriever retriever,
            PassageReranker reranker,
            AnswerWriter writer,
            ActiveAnswers active,
            GenerateConfig config) {
        this.retriever = retriever;
        this.reranker = reranker;
        this.packer = new ContextPacker(config.maxContextTokens());
        this.writer = writer;
        this.active = active;
        this.config = config;
    }

    /**
     * Answers a question. Cancelling cancels the work behind it.
     *
     * @param time that the caller grants at most
     * @return fails before the first event, so that nothing was sent; after it the last event is {@link AnswerEvent.Done} or
     *     {@link AnswerEvent.Failed}
     */
    public Multi<AnswerEvent> answer(Question question, Duration time) {
        return active.admit(Multi.createFrom().deferred(() -> {
            Answering answering = begin(question, time);
            return retrieve(answering)
                    .flatMap(found -> rerank(answering, found))
                    .map(ranked -> packer.pack(ranked, question.topK()))
                    .onItem()
                    .transformToMulti(sources -> writer.write(answering, sources));
        }));
    }

    /** Lists the collections that can be asked. */
    public Uni<List<Collection>> collections() {
        return retriever.collections(config.retrieveTimeout());
    }

    /** Returns the name of the model that writes answers as long as nothing fails. */
    public String modelName() {
        return writer.modelName();
    }

    private Answering begin(Question question, Duration granted) {
        Duration own =
                writer.mode() == AnswerMode.GENERATIVE ? config.generativeDeadline() : config.extractiveDeadline();
        Duration time = granted.compareTo(own) < 0 ? granted : own;
        return new Answering(
                QuestionRules.check(question),
                time,
                Span.current().getSpanContext().getTraceId());
    }

    private Uni<List<Passage>> retrieve(Answering answering) {
        Question question = answering.question();
        int candidates = Math.max(config.candidates(), question.topK());
        return answering
                .stage("retrieve", config.retrieveTimeout(), budget -> retriever.search(question, candidates, budget))
                .invoke(found -> {
                    answering.searched(found.query(), found.searchId());
                    answering.degrade(found.degraded());
                })
                .map(PassageRetriever.Found::passages);
    }

    private Uni<List<Passage>> rerank(Answering answering, List<Passage> found) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        return answering.stage(
                "rerank",
                config.rerankTimeout(),
                budget -> reranker.rerank(answering.query(), found, budget)
                        .onFailure()
                        .recoverWithItem(thrown -> {
                            LOG.warnf(
                                    "not re-ranked, reason=%s: %s",
                                    Failure.of(thrown).reason(), thrown.getMessage());
                            answering.degrade(List.of("rerank"));
                            return found;
                        }));
    }
}
