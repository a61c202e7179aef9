package quintet.retrieve.pipeline.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quintet.retrieve.model.IndexFacts;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.model.history.ComparedHit;
import quintet.retrieve.model.history.ComparedHit.Outcome;
import quintet.retrieve.model.history.KeptHit;
import quintet.retrieve.model.history.KeptSearch;
import quintet.retrieve.model.history.PastSearch;
import quintet.retrieve.model.history.Replay;

/** Compares a search with what it is now, hit by hit, up to {@value KeptSearch#MAX_HITS}. */
final class SearchComparison {
    private final KeptSearch then;
    private final Map<String, Long> versions;

    /** Compares with a search whose caller sees the documents of {@code versions} now. */
    SearchComparison(KeptSearch then, Map<String, Long> versions) {
        this.then = then;
        this.versions = versions;
    }

    Replay with(SearchResult now) {
        List<ComparedHit> hits = hits(
                now.hits().stream().limit(KeptSearch.MAX_HITS).map(KeptHit::of).toList());
        List<String> rewriting = QueryPrints.changes(then.queries(), QueryPrints.of(now.rewritten()));
        List<String> index = changes(then.index(), now.index());
        return new Replay(PastSearch.of(then, versions), now, hits, rewriting, index, sentence(hits, rewriting, index));
    }

    private List<ComparedHit> hits(List<KeptHit> now) {
        Map<String, Integer> ranksThen = new HashMap<>();
        for (KeptHit hit : then.hits()) {
            ranksThen.put(id(hit), ranksThen.size() + 1);
        }
        Set<String> found = new HashSet<>();
        List<ComparedHit> compared = new ArrayList<>();
        for (KeptHit hit : now) {
            found.add(id(hit));
            compared.add(stayedOrCame(hit, compared.size() + 1, ranksThen.getOrDefault(id(hit), 0)));
        }
        int rank = 0;
        for (KeptHit hit : then.hits()) {
            rank++;
            if (!found.contains(id(hit))) {
                compared.add(gone(hit, rank));
            }
        }
        return compared;
    }

    private static String id(KeptHit hit) {
        return hit.documentId() + '\n' + hit.chunkId();
    }

    private ComparedHit stayedOrCame(KeptHit now, int rankNow, int rankThen) {
        Outcome outcome = rankThen == 0 ? Outcome.CAME : rankThen == rankNow ? Outcome.SAME : Outcome.MOVED;
        KeptHit before = rankThen == 0 ? null : then.hits().get(rankThen - 1);
        return new ComparedHit(
                outcome,
                now.chunkId(),
                now.documentId(),
                rankThen,
                rankNow,
                before == null ? null : before.score(),
                now.score(),
                before == null ? 0 : before.version(),
                now.version());
    }

    private ComparedHit gone(KeptHit hit, int rank) {
        Long version = versions.get(hit.documentId());
        if (version == null) {
            return new ComparedHit(Outcome.HIDDEN, "", "", rank, 0, hit.score(), null, 0, 0);
        }
        return new ComparedHit(
                version == hit.version() ? Outcome.WENT : Outcome.REPLACED,
                hit.chunkId(),
                hit.documentId(),
                rank,
                0,
                hit.score(),
                null,
                hit.version(),
                version);
    }

    private static List<String> changes(IndexFacts then, IndexFacts now) {
        List<String> changes = new ArrayList<>();
        if (!then.model().equals(now.model())) {
            changes.add("model");
        }
        if (!then.kind().equals(now.kind())) {
            changes.add("kind");
        }
        if (then.version() != now.version()) {
            changes.add("version");
        }
        return changes;
    }

    private static String sentence(List<ComparedHit> hits, List<String> rewriting, List<String> index) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        hits.forEach(hit -> counts.merge(hit.outcome(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((outcome, count) -> parts.add("%d %s".formatted(count, words(outcome))));
        return "%s. %s %s"
                .formatted(
                        parts.isEmpty() ? "There were no hits and there are none" : "Hits: " + String.join(", ", parts),
                        index.isEmpty()
                                ? "The index is the same."
                                : "Of the index, %s changed.".formatted(String.join(" and ", index)),
                        rewriting.isEmpty()
                                ? "The same was searched."
                                : "Something else was searched: %s changed."
                                        .formatted(String.join(" and ", rewriting)));
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case SAME -> "at the same rank";
            case MOVED -> "moved";
            case CAME -> "came";
            case WENT -> "went";
            case REPLACED -> "gone with the version of their document";
            case HIDDEN -> "no longer visible";
        };
    }
}
