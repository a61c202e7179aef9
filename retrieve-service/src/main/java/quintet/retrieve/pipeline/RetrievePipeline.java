package quintet.retrieve.pipeline;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionInfo;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.Phrase;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.RewrittenQuery;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.pipeline.StageObserver.Timed;
import quintet.retrieve.pipeline.rewriting.QueryRewriter;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageView;

/**
 * Finds passages: the query is made better, then searched by meaning and by words side by side, and both lists are fused. The
 * class to open first; {@link IndexPipeline} is how
 * passages come into the index.
 *
 * <p>Nothing blocks. All steps of a search see the same commit of the index. When the query can not be embedded in time, or
 * only by another model than the collection's, a hybrid search goes on with words alone and says {@code dense} in
 * {@code degraded}.
 */
@ApplicationScoped
public class RetrievePipeline {
    private static final Logger LOG = Logger.getLogger(RetrievePipeline.class);
    /** What the query's embedding may take of the time left, so that a hybrid search can still go on without it. */
    private static final double EMBED_SHARE = 0.7;

    /** How much deeper both lists are where hits are not just the first ones. */
    private static final int FURTHER = 4;

    private final PassageIndex index;
    private final QueryRewriter rewriter;
    private final QueryVectors vectors;
    private final StageObserver stages;
    private final Fusing fusing;
    private final int minCandidates;
    private final Duration timeout;
    private final Duration embedTimeout;

    RetrievePipeline(
            PassageIndex index,
            QueryRewriter rewriter,
            QueryVectors vectors,
            StageObserver stages,
            SearchConfig config) {
        this.index = index;
        this.rewriter = rewriter;
        this.vectors = vectors;
        this.stages = stages;
        fusing = new Fusing(config);
        minCandidates = config.candidates();
        timeout = config.timeout();
        embedTimeout = config.embedTimeout();
    }

    /** Returns the time that a search has when its caller names none, and at most. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Searches a collection.
     *
     * @param access what the caller may see of it
     * @param budget time that the caller has left
     * @return fails with NOT_FOUND, reason COLLECTION_NOT_FOUND; with OVERLOADED; or with UNAVAILABLE, reason
     *     DEADLINE_EXCEEDED, INDEX_UNREADABLE and, in dense mode, EMBEDDING_UNAVAILABLE or MODEL_MISMATCH
     */
    public Uni<SearchResult> search(CollectionAccess access, Query query, Duration budget) {
        return search(access, query, false, budget);
    }

    /** Searches a collection and, if {@code explain} says so, tells what each stage did. */
    public Uni<SearchResult> search(CollectionAccess access, Query query, boolean explain, Duration budget) {
        long begun = System.nanoTime();
        return stages.observe(
                        "total",
                        () -> index.open(access)
                                .flatMap(view -> answer(
                                                view,
                                                query,
                                                explain ? new RecordedTrace(access, query) : SearchTrace.NONE,
                                                budget,
                                                begun)
                                        .eventually(view::close))
                                .ifNoItem()
                                .after(budget)
                                .failWith(() -> tooLate(budget)))
                .map(Timed::value);
    }

    /** Returns the collections that have an index, by name. */
    public Uni<List<CollectionInfo>> collections() {
        return index.collections();
    }

    /** A search on its way. */
    private record Running(PassageView view, Query query, SearchTrace trace, Duration budget, long begun) {
        Duration left() {
            Duration left = budget.minusNanos(System.nanoTime() - begun);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    /** Quoted phrases are asked of both lists: a passage that was found by its meaning has to contain them too. */
    private Uni<SearchResult> answer(PassageView all, Query query, SearchTrace trace, Duration budget, long begun) {
        return Uni.createFrom()
                .item(() -> trace.view(all.containing(Phrase.quotedIn(query.text()))))
                .flatMap(view -> search(new Running(view, query, trace, budget, begun)));
    }

    private Uni<SearchResult> search(Running search) {
        return stages.observe(
                        "rewrite",
                        () -> rewriter.rewrite(
                                search.view(),
                                search.query(),
                                search.budget(),
                                search.trace().rewriting()))
                .invoke(rewritten -> search.trace().rewritten(rewritten.value(), rewritten.took()))
                .map(Timed::value)
                .flatMap(rewritten -> rankAll(search, rewritten)
                        .flatMap(ranking -> ranking.ranked().isEmpty() && rewritten.isRestricted()
                                ? searchAll(
                                        search,
                                        rewritten.unrestricted(search.query().filter()))
                                : load(search, ranking, rewritten)));
    }

    private Uni<SearchResult> searchAll(Running search, RewrittenQuery rewritten) {
        search.trace().unrestricted(rewritten);
        return rankAll(search, rewritten).flatMap(ranking -> load(search, ranking, rewritten));
    }

    /** Ranks every variant by itself, side by side; one beside the query itself that fails is left out. */
    private Uni<Ranking> rankAll(Running search, RewrittenQuery rewritten) {
        List<QueryVariant> variants = rewritten.variants();
        Duration budget = search.left();
        Uni<Ranking> first = rank(search, 0, variants.getFirst(), budget);
        if (variants.size() == 1) {
            return first;
        }
        List<Uni<Ranking>> all = new ArrayList<>(List.of(first));
        for (int i = 1; i < variants.size(); i++) {
            all.add(rank(search, i, variants.get(i), budget).onFailure().recoverWithItem(thrown -> {
                LOG.warnf("search goes on without a further query: %s", thrown.getMessage());
                return Ranking.nothing();
            }));
        }
        return Uni.join().all(all).andFailFast().map(VariantFusion::fuse);
    }

    private Uni<Ranking> rank(Running search, int at, QueryVariant variant, Duration budget) {
        return ranking(search, at, variant, budget)
                .invoke(ranking -> search.trace().ranked(at, ranking));
    }

    private Uni<Ranking> ranking(Running search, int at, QueryVariant variant, Duration budget) {
        if (variant.words().isEmpty() && search.query().mode() == SearchMode.LEXICAL) {
            return Uni.createFrom().item(Ranking.nothing());
        }
        SearchMode mode =
                variant.words().isEmpty() ? SearchMode.DENSE : search.query().mode();
        return switch (mode) {
            case LEXICAL -> lexical(search, variant).map(list -> Ranking.ofLexical(list, Optional.empty()));
            case DENSE ->
                embed(search.view(), variant, budget)
                        .flatMap(vector -> dense(search, variant, vector))
                        .map(Ranking::ofDense);
            case HYBRID -> hybrid(search, at, variant, budget);
        };
    }

    private Uni<Ranking> hybrid(Running search, int at, QueryVariant variant, Duration budget) {
        Uni<Ranking.Dense> dense = embed(search.view(), variant, budget)
                .onFailure()
                .recoverWithItem(RetrievePipeline::goOnWithoutVector)
                .flatMap(vector -> dense(search, variant, vector));
        return Uni.combine()
                .all()
                .unis(lexical(search, variant), dense)
                .asTuple()
                .flatMap(lists -> fuse(search, at, variant, lists.getItem1(), lists.getItem2()));
    }

    private Uni<Ranking.Vector> embed(PassageView view, QueryVariant variant, Duration budget) {
        if (view.model().isEmpty()) {
            return Uni.createFrom().item(Ranking.Vector.NOT_NEEDED);
        }
        Duration share = Duration.ofNanos((long) (budget.toNanos() * EMBED_SHARE));
        Duration limit = share.compareTo(embedTimeout) < 0 ? share : embedTimeout;
        return stages.observe(
                        "embed",
                        () -> vectors.embed(
                                variant.text().orElseThrow(), view.model().get(), limit))
                .map(embedded -> new Ranking.Vector(Optional.of(embedded.value()), false, embedded.took()));
    }

    private static Ranking.Vector goOnWithoutVector(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        LOG.warnf("search goes on without vectors, degraded=dense reason=%s: %s", failure.reason(), failure.message());
        return Ranking.Vector.FAILED;
    }

    private Uni<Ranking.Dense> dense(Running search, QueryVariant variant, Ranking.Vector vector) {
        if (vector.query().isEmpty()) {
            return Uni.createFrom().item(Ranking.Dense.without(vector));
        }
        EmbeddedQuery embedded = vector.query().get();
        return stages.observe(
                        "dense",
                        () -> search.view().nearest(embedded.vector(), variant.filter(), depth(search.query())))
                .map(list -> new Ranking.Dense(vector, list.value(), list.took()));
    }

    private Uni<Timed<CandidateList>> lexical(Running search, QueryVariant variant) {
        return stages.observe(
                "lexical",
                () -> search.view().matching(variant.words().orElseThrow(), variant.filter(), depth(search.query())));
    }

    /** The union of two lists and what fuses it. */
    private record Union(List<ScorePair> pairs, ScoreFusion method, List<FusedCandidate> fused) {}

    private Uni<Ranking> fuse(
            Running search, int at, QueryVariant variant, Timed<CandidateList> lexical, Ranking.Dense dense) {
        if (dense.vector().query().isEmpty()) {
            return Uni.createFrom().item(Ranking.ofLexical(lexical, Optional.of(dense)));
        }
        EmbeddedQuery embedded = dense.vector().query().get();
        CandidateUnion union = CandidateUnion.of(dense.list(), lexical.value());
        return stages.observe(
                        "fuse",
                        () -> Uni.combine()
                                .all()
                                .unis(
                                        search.view().relevances(variant.words().orElseThrow(), union.onlyDense()),
                                        search.view().similarities(embedded.vector(), union.onlyLexical()))
                                .asTuple()
                                .map(missing -> union.complete(missing.getItem1(), missing.getItem2()))
                                .flatMap(pairs -> fuse(search, pairs, lexical.value())))
                .invoke(fused -> search.trace()
                        .fused(at, fused.value().method(), fused.value().pairs(), fused.took()))
                .map(fused -> Ranking.ofFused(fused.value().fused(), lexical, dense));
    }

    private Uni<Union> fuse(Running search, List<ScorePair> pairs, CandidateList lexical) {
        return fusing.method(search.view(), search.query().fusion(), pairs, lexical.scoreBound())
                .map(method -> new Union(pairs, method, method.fuse(pairs)));
    }

    private Uni<SearchResult> load(Running search, Ranking ranking, RewrittenQuery rewritten) {
        SearchTrace trace = search.trace();
        HitLoader loader = new HitLoader(search.view(), search.query(), trace);
        trace.joined(ranking);
        return stages.observe("arrange", () -> loader.arrange(ranking))
                .invoke(arranged -> trace.arranged(arranged.value(), arranged.took()))
                .map(Timed::value)
                .flatMap(arranged -> stages.observe("load", () -> loader.load(arranged))
                        .map(hits -> result(search, arranged, hits, rewritten)));
    }

    private static SearchResult result(
            Running search, Ranking ranking, Timed<List<Hit>> hits, RewrittenQuery rewritten) {
        Duration total = Duration.ofNanos(System.nanoTime() - search.begun());
        return ranking.toResult(
                hits.value(),
                rewritten,
                total,
                search.view().facts(),
                search.trace().finish(hits.value(), hits.took(), total));
    }

    private int depth(Query query) {
        int depth = Math.max(query.topK(), minCandidates);
        return query.arrangement().looksFurther() ? Math.min(depth * FURTHER, Query.MAX_TOP_K) : depth;
    }

    private static Failure tooLate(Duration budget) {
        return Failure.unavailable(
                "DEADLINE_EXCEEDED", "the search took longer than the %d ms it had".formatted(budget.toMillis()), null);
    }
}
