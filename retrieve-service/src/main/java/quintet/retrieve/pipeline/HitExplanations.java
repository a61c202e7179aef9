package quintet.retrieve.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.StageScores;
import quintet.retrieve.model.explanation.ExplainedFusion;
import quintet.retrieve.model.explanation.ExplainedHit;
import quintet.retrieve.pipeline.Ranking.Ranked;

/** Finds out where each hit was found, by which query and list, and what its score is made of. */
final class HitExplanations {
    private final List<Found> found = new ArrayList<>();
    private final Map<String, Integer> joined = new HashMap<>();

    /** What one query found, by chunk id; ranks are from 1. */
    private record Found(
            Map<String, Integer> dense,
            Map<String, Integer> lexical,
            Map<String, Integer> ranks,
            Map<String, Ranked> ranked,
            Map<String, Map<String, Double>> parts) {}

    HitExplanations(List<Ranking> queries, Map<Integer, ExplainedFusion> fusions, Ranking all) {
        for (int i = 0; i < queries.size(); i++) {
            Ranking ranking = queries.get(i);
            Map<String, Ranked> ranked = new HashMap<>();
            ranking.ranked().forEach(each -> ranked.put(each.candidate().chunkId(), each));
            ExplainedFusion fusion = fusions.get(i);
            found.add(new Found(
                    ranks(ranking.dense().map(each -> each.list().candidates()).orElse(List.of())),
                    ranks(ranking.lexical()
                            .map(each -> each.value().candidates())
                            .orElse(List.of())),
                    ranks(ranking.ranked().stream().map(Ranked::candidate).toList()),
                    ranked,
                    fusion == null ? Map.of() : fusion.parts()));
        }
        joined.putAll(ranks(all.ranked().stream().map(Ranked::candidate).toList()));
    }

    private static Map<String, Integer> ranks(List<Candidate> candidates) {
        Map<String, Integer> ranks = new HashMap<>();
        for (Candidate candidate : candidates) {
            ranks.put(candidate.chunkId(), ranks.size() + 1);
        }
        return ranks;
    }

    List<ExplainedHit> of(List<Hit> hits) {
        List<ExplainedHit> explained = new ArrayList<>();
        for (Hit hit : hits) {
            String chunkId = hit.stored().passage().chunkId();
            List<ExplainedHit.In> queries = new ArrayList<>();
            for (int i = 0; i < found.size(); i++) {
                Found by = found.get(i);
                @Nullable Ranked ranked = by.ranked().get(chunkId);
                if (ranked != null) {
                    queries.add(in(i, by, chunkId, ranked.scores()));
                }
            }
            int rank = explained.size() + 1;
            explained.add(new ExplainedHit(
                    chunkId,
                    hit.stored().documentId(),
                    rank,
                    joined.getOrDefault(chunkId, rank),
                    hit.score(),
                    queries));
        }
        return explained;
    }

    private static ExplainedHit.In in(int query, Found by, String chunkId, StageScores scores) {
        return new ExplainedHit.In(
                query,
                by.dense().get(chunkId),
                scores.dense(),
                by.lexical().get(chunkId),
                scores.lexical(),
                by.ranks().get(chunkId),
                scores.fused(),
                by.parts().getOrDefault(chunkId, Map.of()));
    }
}
