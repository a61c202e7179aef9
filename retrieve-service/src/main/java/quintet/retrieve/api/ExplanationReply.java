package quintet.retrieve.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.AnalysedWord;
import quintet.retrieve.model.IndexFacts;
import quintet.retrieve.model.ListDetail;
import quintet.retrieve.model.ModelRef;
import quintet.retrieve.model.explanation.ExplainedFusion;
import quintet.retrieve.model.explanation.ExplainedHit;
import quintet.retrieve.model.explanation.ExplainedList;
import quintet.retrieve.model.explanation.ExplainedQuery;
import quintet.retrieve.model.explanation.Explanation;
import quintet.retrieve.model.explanation.LeftOut;
import quintet.retrieve.model.explanation.RewritingStep;
import quintet.retrieve.model.explanation.Stage;

/**
 * What each stage of a search did, made of what its caller may see.
 *
 * @param stages in the order of the flow, each with its time and a sentence; the last one is the whole search
 * @param filter that the caller asked for; empty for none
 * @param rewriting steps that were taken, in their order
 * @param queries that were searched side by side, the query itself first
 * @param hits in the order of the answer
 * @param leftOut candidates that a rule left out, at most 100
 * @param leftOutCount number of those that one did
 */
public record ExplanationReply(
        List<Stage> stages,
        IndexReply index,
        AccessReply access,
        String filter,
        List<RewritingStep> rewriting,
        List<QueryReply> queries,
        List<HitReply> hits,
        List<LeftOutReply> leftOut,
        int leftOutCount) {
    /** What a search was answered from; kind and version are absent where a store does not tell. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record IndexReply(
            @Nullable String model,
            @Nullable String revision,
            @Nullable String kind,
            @Nullable Long version) {
        static IndexReply of(IndexFacts facts) {
            return new IndexReply(
                    facts.model().map(ModelRef::name).orElse(null),
                    facts.model().map(ModelRef::revision).orElse(null),
                    facts.kind().isEmpty() ? null : facts.kind(),
                    facts.version() == 0 ? null : facts.version());
        }
    }

    /** What the caller sees: every group, or so many of their own beside what is everybody's. */
    public record AccessReply(boolean everyGroup, int ownGroups) {}

    /** A query that was searched; lists and fusion are absent where there were none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record QueryReply(
            String kind,
            String text,
            String words,
            String filter,
            @Nullable ListReply dense,
            @Nullable ListReply lexical,
            @Nullable FusionReply fusion) {}

    /** What a list found; what the store does not tell is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ListReply(
            int count,
            long tookUs,
            @Nullable Boolean exact,
            @Nullable Long compared,
            @Nullable Long eligible,
            @Nullable List<WordReply> words,
            List<ExplainedList.Entry> first) {}

    /** A word as the index reads it; {@code passages} are those that the caller may see. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WordReply(
            String form,
            List<String> languages,
            List<String> fields,
            @Nullable Long passages,
            double weight) {}

    /** How two lists became one. */
    public record FusionReply(String method, Map<String, Double> numbers, String sentence) {}

    /** How a hit came about; ranks are from 1. */
    public record HitReply(
            String chunkId, String documentId, int rank, int ranked, double score, List<FindReply> queries) {}

    /** Where a query found a hit; a list that did not has no rank. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FindReply(
            int query,
            @Nullable Integer denseRank,
            @Nullable Double dense,
            @Nullable Integer lexicalRank,
            @Nullable Double lexical,
            @Nullable Integer rank,
            @Nullable Double fused,
            Map<String, Double> parts) {}

    /** A candidate that was left out, by the rule {@code min-score}, {@code per-document} or {@code shown-already}. */
    public record LeftOutReply(String chunkId, int ranked, double score, String rule, String sentence) {}

    static ExplanationReply of(Explanation explanation) {
        return new ExplanationReply(
                explanation.stages(),
                IndexReply.of(explanation.index()),
                new AccessReply(explanation.everyGroup(), explanation.groups()),
                explanation.filter(),
                explanation.rewriting(),
                explanation.queries().stream().map(ExplanationReply::of).toList(),
                explanation.hits().stream().map(ExplanationReply::of).toList(),
                explanation.leftOut().stream().map(ExplanationReply::of).toList(),
                explanation.leftOutCount());
    }

    private static QueryReply of(ExplainedQuery query) {
        return new QueryReply(
                RewritingReply.written(query.kind()),
                query.text(),
                query.words(),
                query.filter(),
                query.dense() == null ? null : of(query.dense()),
                query.lexical() == null ? null : of(query.lexical()),
                query.fusion() == null ? null : of(query.fusion()));
    }

    private static ListReply of(ExplainedList list) {
        ListDetail detail = list.detail().orElse(null);
        return new ListReply(
                list.count(),
                list.tookUs(),
                detail == null ? null : detail.exact(),
                detail == null || detail.compared() == 0 ? null : detail.compared(),
                detail == null || detail.eligible() == 0 ? null : detail.eligible(),
                detail == null || detail.words().isEmpty()
                        ? null
                        : detail.words().stream().map(ExplanationReply::of).toList(),
                list.first());
    }

    private static WordReply of(AnalysedWord word) {
        return new WordReply(word.form(), word.languages(), word.fields(), word.passages(), word.weight());
    }

    private static FusionReply of(ExplainedFusion fusion) {
        return new FusionReply(RewritingReply.written(fusion.method()), fusion.numbers(), fusion.sentence());
    }

    private static HitReply of(ExplainedHit hit) {
        return new HitReply(
                hit.chunkId(),
                hit.documentId(),
                hit.rank(),
                hit.ranked(),
                hit.score(),
                hit.queries().stream().map(ExplanationReply::of).toList());
    }

    private static FindReply of(ExplainedHit.In in) {
        return new FindReply(
                in.query(),
                in.denseRank(),
                in.dense(),
                in.lexicalRank(),
                in.lexical(),
                in.rank(),
                in.fused(),
                in.parts());
    }

    private static LeftOutReply of(LeftOut leftOut) {
        return new LeftOutReply(
                leftOut.chunkId(),
                leftOut.ranked(),
                leftOut.score(),
                RewritingReply.written(leftOut.rule()),
                leftOut.sentence());
    }
}
