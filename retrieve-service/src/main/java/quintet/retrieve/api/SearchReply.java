package quintet.retrieve.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.DocumentInfo;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.Passage;
import quintet.retrieve.model.ScoreCut;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.model.SearchTimings;
import quintet.retrieve.model.StageScores;
import quintet.retrieve.model.history.Answer;
import quintet.retrieve.model.history.SearchId;

/**
 * The answer to a search.
 *
 * @param hits best first; with {@code diversity} in the order of their choice
 * @param degraded steps that were skipped or cut short: {@code dense}, {@code dense-query-truncated},
 *     {@code lexical-query-truncated}, {@code rewriting}, {@code min-score}
 * @param model name of the embedding model, if one was used
 * @param revision revision of that model
 * @param rewriting what was searched
 * @param nothingRelevant whether every candidate was below {@code minScore}; absent without it
 * @param belowMinScore number of candidates that were; absent without it
 * @param searchId by which the search can be looked at and replayed; absent where it is not kept
 * @param explanation what each stage did; absent unless asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SearchReply(
        List<HitReply> hits,
        List<String> degraded,
        @Nullable String model,
        @Nullable String revision,
        Timings timings,
        RewritingReply rewriting,
        @Nullable Boolean nothingRelevant,
        @Nullable Integer belowMinScore,
        @Nullable String searchId,
        @Nullable ExplanationReply explanation) {

    /**
     * A passage found; page fields are absent where the format has no pages.
     *
     * @param start offset of the first character in the document's cleaned text, in UTF-16 code units
     * @param matchStart offset of the first character that was matched, where the passage is what stands around it
     * @param matchEnd offset behind the last character that was matched, likewise
     * @param score what the order follows
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HitReply(
            String chunkId,
            String documentId,
            long version,
            int ordinal,
            String filename,
            String title,
            String source,
            String mimeType,
            @Nullable Integer page,
            @Nullable Integer pageEnd,
            List<String> sectionPath,
            int start,
            int end,
            @Nullable Integer matchStart,
            @Nullable Integer matchEnd,
            String text,
            int tokenCount,
            double score,
            Scores scores,
            Map<String, String> metadata) {}

    /** Score of each stage that saw the hit. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Scores(
            @Nullable Double dense,
            @Nullable Double lexical,
            @Nullable Double fused) {}

    /** Time of each step in milliseconds. */
    public record Timings(double embedMs, double denseMs, double lexicalMs, double totalMs) {}

    static SearchReply of(Answer answer) {
        return of(answer.result(), answer.id().map(SearchId::value).orElse(null));
    }

    static SearchReply of(SearchResult result, @Nullable String searchId) {
        return new SearchReply(
                result.hits().stream().map(SearchReply::of).toList(),
                result.degraded(),
                result.model().map(ModelRef::name).orElse(null),
                result.model().map(ModelRef::revision).orElse(null),
                of(result.timings()),
                RewritingReply.of(result.rewritten()),
                result.cut().map(ScoreCut::nothingRelevant).orElse(null),
                result.cut().map(ScoreCut::leftOut).orElse(null),
                searchId,
                result.explanation().map(ExplanationReply::of).orElse(null));
    }

    static Timings of(SearchTimings timings) {
        return new Timings(
                millis(timings.embed()), millis(timings.dense()), millis(timings.lexical()), millis(timings.total()));
    }

    static Scores of(StageScores scores) {
        return new Scores(scores.dense(), scores.lexical(), scores.fused());
    }

    private static HitReply of(Hit hit) {
        DocumentInfo info = hit.stored().info();
        Passage matched = hit.stored().passage();
        Passage passage = matched.shown();
        return new HitReply(
                passage.chunkId(),
                hit.stored().documentId(),
                hit.stored().version(),
                passage.ordinal(),
                info.filename(),
                info.title(),
                info.source(),
                info.mimeType(),
                passage.page() == 0 ? null : passage.page(),
                passage.pageEnd() == 0 ? null : passage.pageEnd(),
                passage.sectionPath(),
                passage.start(),
                passage.end(),
                matched.context() == null ? null : matched.start(),
                matched.context() == null ? null : matched.end(),
                passage.text(),
                passage.tokenCount(),
                hit.score(),
                of(hit.scores()),
                info.metadata());
    }

    /** Three decimals of a millisecond. */
    private static double millis(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) / 1000.0;
    }
}
