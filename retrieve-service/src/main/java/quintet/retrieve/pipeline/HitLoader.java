package quintet.retrieve.pipeline;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import quintet.retrieve.model.Arrangement;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.pipeline.Ranking.Ranked;
import quintet.retrieve.port.PassageView;

/** Makes hits of a ranking as the query arranges them: enough of them, diverse, with their neighbours. */
final class HitLoader {
    /** Of a longer ranking the rest keeps its order: choosing takes time with the square of the number. */
    private static final int MAX_DIVERSE = 256;

    private final PassageView view;
    private final Query query;
    private final Arrangement arrangement;
    private final SearchTrace trace;

    HitLoader(PassageView view, Query query, SearchTrace trace) {
        this.view = view;
        this.query = query;
        this.trace = trace;
        this.arrangement = query.arrangement();
    }

    /** Returns the ranking without what is below the smallest score, in the order in which it is loaded. */
    Uni<Ranking> arrange(Ranking ranking) {
        Ranking relevant =
                arrangement.minScore() == null ? ranking : ScoreThreshold.cut(ranking, arrangement.minScore());
        return arrangement.diversity() > 0 && relevant.ranked().size() > 1
                ? diversified(relevant)
                : Uni.createFrom().item(relevant);
    }

    private Uni<Ranking> diversified(Ranking ranking) {
        List<Ranked> all = ranking.ranked();
        List<Ranked> first = all.subList(0, Math.min(all.size(), MAX_DIVERSE));
        return view.likeness(first.stream().map(Ranked::candidate).toList()).map(likeness -> {
            // Documents that are limited, and windows that lie in others, leave gaps that are filled from behind.
            int chosen = arrangement.perDocument() > 0 ? first.size() : 2 * query.topK();
            List<Ranked> order =
                    new ArrayList<>(MaximalMarginalRelevance.order(first, likeness, arrangement.diversity(), chosen));
            order.addAll(all.subList(first.size(), all.size()));
            return ranking.with(order);
        });
    }

    /** Loads until there are as many hits as were asked for: what is left out leaves room for more. */
    Uni<List<Hit>> load(Ranking ranking) {
        return loadMore(new DistinctHits(ranking, query.topK(), arrangement.perDocument(), trace));
    }

    private Uni<List<Hit>> loadMore(DistinctHits hits) {
        List<Candidate> next = hits.next();
        if (next.isEmpty()) {
            return Uni.createFrom().item(hits.list());
        }
        return view.load(next).flatMap(this::expanded).invoke(hits::add).flatMap(_ -> loadMore(hits));
    }

    private Uni<List<StoredPassage>> expanded(List<StoredPassage> passages) {
        if (arrangement.expand() == 0) {
            return Uni.createFrom().item(passages);
        }
        return view.neighbours(passages, arrangement.expand(), query.filter()).map(neighbours -> {
            List<StoredPassage> expanded = new ArrayList<>();
            for (int i = 0; i < passages.size(); i++) {
                expanded.add(PassageExpansion.of(passages.get(i), neighbours.get(i)));
            }
            return expanded;
        });
    }
}
