package quintet.retrieve.model.explanation;

import java.util.List;
import quintet.retrieve.model.IndexFacts;

/**
 * What each stage of a search did. It is made of what its caller may see: other people's groups, documents and words are not in it.
 *
 * @param everyGroup whether the caller sees every group
 * @param groups number of the caller's own groups
 * @param filter that the caller asked for, in its short form; empty for none
 * @param rewriting steps that were taken before the search, in their order
 * @param queries that were searched side by side, the query itself first
 * @param hits in the order of the answer
 * @param leftOut candidates that were left out by a rule, at most {@value #MAX_LEFT_OUT}
 * @param leftOutCount number of those that were
 * @param stages in the order of the flow, with times; the last one is the whole search
 */
public record Explanation(
        IndexFacts index,
        boolean everyGroup,
        int groups,
        String filter,
        List<RewritingStep> rewriting,
        List<ExplainedQuery> queries,
        List<ExplainedHit> hits,
        List<LeftOut> leftOut,
        int leftOutCount,
        List<Stage> stages) {
    /** Most candidates that are named as left out. */
    public static final int MAX_LEFT_OUT = 100;

    /** Copies the lists. */
    public Explanation {
        rewriting = List.copyOf(rewriting);
        queries = List.copyOf(queries);
        hits = List.copyOf(hits);
        leftOut = List.copyOf(leftOut);
        stages = List.copyOf(stages);
    }
}
