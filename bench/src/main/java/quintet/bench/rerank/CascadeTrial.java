package quintet.bench.rerank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import quintet.rerank.model.Candidate;
import quintet.rerank.pipeline.Cascade;
import quintet.rerank.pipeline.ScoreFusion;

/**
 * A cascade as rerank-service runs it, with its own classes, over candidates whose scores are known already.
 *
 * @param ndcg of the first ten, 0 to 1
 * @param scored how many candidates it looked at
 */
public record CascadeTrial(double ndcg, int scored) {
    /** When a trial has scored enough. */
    public interface Rule {
        /** Returns whether {@code cascade} stops here; asked between waves. */
        boolean stops(Cascade cascade);
    }

    /** Runs a cascade; without {@code firstStage} as for a caller that has no scores. */
    static CascadeTrial run(ScoredQuery query, boolean firstStage, double weight, Cascade.Rule waves, Rule rule) {
        List<Candidate> candidates = query.candidates().stream()
                .map(hit -> new Candidate(hit.text(), firstStage ? Optional.of((float) hit.score()) : Optional.empty()))
                .toList();
        ScoreFusion fusion = ScoreFusion.of(query.text(), candidates, weight);
        Cascade cascade = new Cascade(fusion, Math.min(ScoredQuery.K, candidates.size()), waves);
        do {
            for (int index : cascade.nextWave()) {
                cascade.add(query.candidates().get(index).relevance());
            }
        } while (cascade.scored() < candidates.size() && !rule.stops(cascade));
        return new CascadeTrial(query.ndcg(order(query, fusion, cascade)), cascade.scored());
    }

    private static List<Integer> order(ScoredQuery query, ScoreFusion fusion, Cascade cascade) {
        List<Integer> scored = new ArrayList<>(cascade.order().subList(0, cascade.scored()));
        scored.sort(Comparator.comparingDouble((Integer index) ->
                        -fusion.fused(index, query.candidates().get(index).relevance()))
                .thenComparing(Comparator.naturalOrder()));
        return scored;
    }
}
