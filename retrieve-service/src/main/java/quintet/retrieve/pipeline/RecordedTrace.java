package quintet.retrieve.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.LexicalQuery;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.RewrittenQuery;
import quintet.retrieve.model.explanation.ExplainedFusion;
import quintet.retrieve.model.explanation.ExplainedList;
import quintet.retrieve.model.explanation.ExplainedQuery;
import quintet.retrieve.model.explanation.Explanation;
import quintet.retrieve.model.explanation.LeftOut;
import quintet.retrieve.model.explanation.RewritingStep;
import quintet.retrieve.model.explanation.Stage;
import quintet.retrieve.pipeline.Ranking.Ranked;
import quintet.retrieve.pipeline.StageObserver.Timed;
import quintet.retrieve.pipeline.rewriting.RewriteListener;
import quintet.retrieve.port.PassageView;

/**
 * Keeps what a search does and makes an {@link Explanation} of it. Queries may be told side by side.
 *
 * <p>What it says of the collection is what the caller may see of it. The bound of BM25 scores, which tells how rare words are in
 * all passages, is left out where the caller does not see every group.
 */
final class RecordedTrace implements SearchTrace {
    static final String SCORE_BOUND = "scoreBound";

    private final CollectionAccess access;
    private final Query query;
    private final List<RewritingStep> steps = new ArrayList<>();
    private final Map<Integer, Ranking> rankings = new HashMap<>();
    private final Map<Integer, ExplainedFusion> fusions = new HashMap<>();
    private final Map<Integer, Duration> fuseTimes = new HashMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private int leftOutCount;
    private @Nullable PassageView view;
    private @Nullable RewrittenQuery rewritten;
    private Duration rewriteTime = Duration.ZERO;
    private Ranking joined = Ranking.nothing();
    private Ranking arranged = Ranking.nothing();
    private Duration arrangeTime = Duration.ZERO;

    RecordedTrace(CollectionAccess access, Query query) {
        this.access = access;
        this.query = query;
    }

    @Override
    public synchronized PassageView view(PassageView plain) {
        PassageView explaining = plain.explaining();
        view = explaining;
        return explaining;
    }

    @Override
    public Optional<RewriteListener> rewriting() {
        return Optional.of(this::step);
    }

    private synchronized void step(String name, RewrittenQuery before, RewrittenQuery after, Duration took) {
        boolean changed = !before.equals(after);
        steps.add(new RewritingStep(
                name, changed, after.standalone(), micros(took), ExplanationSentences.step(before, after)));
    }

    @Override
    public synchronized void rewritten(RewrittenQuery made, Duration took) {
        rewritten = made;
        rewriteTime = took;
    }

    @Override
    public synchronized void unrestricted(RewrittenQuery made) {
        rewritten = made;
        rankings.clear();
        fusions.clear();
        fuseTimes.clear();
        steps.add(new RewritingStep(
                "unrestrict",
                true,
                made.standalone(),
                0,
                "The filters that were recognised left nothing, so all was searched once more without them."));
    }

    @Override
    public synchronized void fused(int at, ScoreFusion method, List<ScorePair> union, Duration took) {
        ExplainedFusion explained = method.explain(union);
        fusions.put(at, access.everyGroup() ? explained : explained.without(SCORE_BOUND));
        fuseTimes.put(at, took);
    }

    @Override
    public synchronized void ranked(int at, Ranking ranking) {
        rankings.put(at, ranking);
    }

    @Override
    public synchronized void joined(Ranking ranking) {
        joined = ranking;
    }

    @Override
    public synchronized void arranged(Ranking ranking, Duration took) {
        arranged = ranking;
        arrangeTime = took;
        Double minScore = query.arrangement().minScore();
        if (minScore == null || ranking.ranked().size() == joined.ranked().size()) {
            return;
        }
        Set<String> kept = new HashSet<>();
        ranking.ranked().forEach(each -> kept.add(each.candidate().chunkId()));
        for (Ranked each : joined.ranked()) {
            if (!kept.contains(each.candidate().chunkId())) {
                leaveOut(each, LeftOut.Rule.MIN_SCORE, ExplanationSentences.belowMinScore(each, minScore));
            }
        }
    }

    @Override
    public synchronized void leftOut(Ranked candidate, LeftOut.Rule rule, String because) {
        leaveOut(candidate, rule, ExplanationSentences.leftOut(rule, because, query.arrangement()));
    }

    private void leaveOut(Ranked candidate, LeftOut.Rule rule, String sentence) {
        leftOutCount++;
        if (leftOut.size() < Explanation.MAX_LEFT_OUT) {
            String chunkId = candidate.candidate().chunkId();
            leftOut.add(new LeftOut(chunkId, rankOf(chunkId, joined), candidate.score(), rule, sentence));
        }
    }

    private static int rankOf(String chunkId, Ranking ranking) {
        for (int i = 0; i < ranking.ranked().size(); i++) {
            if (ranking.ranked().get(i).candidate().chunkId().equals(chunkId)) {
                return i + 1;
            }
        }
        return 0;
    }

    @Override
    public synchronized Optional<Explanation> finish(List<Hit> hits, Duration load, Duration total) {
        if (view == null || rewritten == null) {
            return Optional.empty();
        }
        List<QueryVariant> variants = rewritten.variants();
        List<Ranking> found = new ArrayList<>();
        List<ExplainedQuery> queries = new ArrayList<>();
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("rewrite", -1, micros(rewriteTime), ExplanationSentences.rewriting(steps, rewritten)));
        for (int i = 0; i < variants.size(); i++) {
            Ranking ranking = rankings.getOrDefault(i, Ranking.nothing());
            found.add(ranking);
            queries.add(explained(i, variants.get(i), ranking));
            addStages(stages, i, ranking);
        }
        if (variants.size() > 1) {
            stages.add(new Stage("join", -1, 0, ExplanationSentences.join(variants.size())));
        }
        stages.add(new Stage(
                "arrange", -1, micros(arrangeTime), ExplanationSentences.arrange(query, joined, arranged, leftOut)));
        stages.add(new Stage("load", -1, micros(load), ExplanationSentences.load(hits.size(), arranged, leftOut)));
        stages.add(new Stage("total", -1, micros(total), "The whole search."));
        return Optional.of(new Explanation(
                view.facts(),
                access.everyGroup(),
                access.groups().size(),
                FilterText.of(query.filter()),
                steps,
                queries,
                new HitExplanations(found, fusions, joined).of(hits),
                leftOut,
                leftOutCount,
                stages));
    }

    private ExplainedQuery explained(int at, QueryVariant variant, Ranking ranking) {
        Ranking.@Nullable Dense dense = ranking.dense()
                .filter(each -> each.vector().query().isPresent())
                .orElse(null);
        @Nullable Timed<CandidateList> lexical = ranking.lexical().orElse(null);
        return new ExplainedQuery(
                variant.kind(),
                variant.text().orElse(""),
                variant.words().map(LexicalQuery::flat).orElse(""),
                FilterText.of(variant.filter()),
                dense == null ? null : list(dense.list(), dense.took()),
                lexical == null ? null : list(lexical.value(), lexical.took()),
                fusions.get(at));
    }

    private void addStages(List<Stage> stages, int at, Ranking ranking) {
        ranking.dense().ifPresent(dense -> {
            stages.add(new Stage("embed", at, micros(dense.vector().took()), ExplanationSentences.embed(dense)));
            if (dense.vector().query().isPresent()) {
                stages.add(new Stage("dense", at, micros(dense.took()), ExplanationSentences.dense(dense.list())));
            }
        });
        ranking.lexical()
                .ifPresent(lexical -> stages.add(new Stage(
                        "lexical", at, micros(lexical.took()), ExplanationSentences.lexical(lexical.value()))));
        ExplainedFusion fusion = fusions.get(at);
        if (fusion != null) {
            stages.add(new Stage("fuse", at, micros(fuseTimes.getOrDefault(at, Duration.ZERO)), fusion.sentence()));
        }
    }

    private static ExplainedList list(CandidateList list, Duration took) {
        return new ExplainedList(
                list.candidates().size(),
                list.candidates().stream()
                        .limit(ExplainedList.MAX_ENTRIES)
                        .map(each -> new ExplainedList.Entry(each.chunkId(), each.score()))
                        .toList(),
                list.detail(),
                micros(took));
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}
