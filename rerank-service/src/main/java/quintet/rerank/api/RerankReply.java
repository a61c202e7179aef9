package quintet.rerank.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import quintet.rerank.model.AnswerSpan;
import quintet.rerank.model.RankedPassage;
import quintet.rerank.model.RerankRequest;
import quintet.rerank.model.RerankResult;
import quintet.rerank.model.ScoredPair;
import quintet.rerank.model.StopReason;

/**
 * The reply of {@code POST /v1/rerank}.
 *
 * @param id of this reply
 * @param results best first
 * @param model name of the model
 * @param revision the first 12 hexadecimal digits of the SHA-256 of the model's file
 * @param meta what was done
 */
public record RerankReply(String id, List<Result> results, String model, String revision, Meta meta) {
    /**
     * A document in its new place.
     *
     * @param index position in the request, from 0
     * @param relevanceScore probability that the document answers the query, 0 to 1; absent if it was not scored
     * @param score what the order follows, 0 to 1: fused with the caller's scores if all documents have one
     * @param truncated whether query or document were cut to the model's window
     * @param document the document, if it was asked for
     * @param answer where the model reads the answer, if it reads spans
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            int index,
            @JsonProperty("relevance_score") @Nullable Double relevanceScore,
            double score,
            boolean truncated,
            @Nullable Document document,
            @Nullable Answer answer) {}

    /**
     * A document as it was sent.
     *
     * @param text its text
     */
    public record Document(String text) {}

    /**
     * A span of a document.
     *
     * @param text the characters
     * @param start offset of the first of them, in UTF-16 code units
     * @param end offset behind the last
     * @param score mean of start and end logits, comparable between the documents of one query
     */
    public record Answer(String text, int start, int end, float score) {}

    /**
     * What was done.
     *
     * @param scored how many documents the cross-encoder scored
     * @param stopReason why it scored no more
     */
    public record Meta(
            int scored, @JsonProperty("stop_reason") StopReason stopReason) {}

    /** Returns the reply that says {@code result}. */
    static RerankReply of(RerankRequest request, RerankResult result, boolean withDocuments) {
        return new RerankReply(
                UUID.randomUUID().toString(),
                result.results().stream()
                        .map(passage -> result(
                                passage,
                                request.candidates().get(passage.index()).text(),
                                withDocuments))
                        .toList(),
                result.model().name(),
                result.model().revision(),
                new Meta(result.scoredCount(), result.stopReason()));
    }

    private static Result result(RankedPassage passage, String text, boolean withDocuments) {
        return new Result(
                passage.index(),
                passage.pair().map(ScoredPair::relevance).orElse(null),
                passage.score(),
                passage.pair().map(ScoredPair::truncated).orElse(false),
                withDocuments ? new Document(text) : null,
                passage.pair()
                        .flatMap(ScoredPair::answer)
                        .map(span -> answer(span, text))
                        .orElse(null));
    }

    private static Answer answer(AnswerSpan span, String text) {
        return new Answer(text.substring(span.start(), span.end()), span.start(), span.end(), span.score());
    }
}
