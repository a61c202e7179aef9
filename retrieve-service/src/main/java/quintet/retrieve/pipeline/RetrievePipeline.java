package quintet.retrieve.pipeline;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionInfo;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.pipeline.StageObserver.Timed;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageView;

/**
 * Finds passages: by meaning and by words side by side, then fused. The class to open first; {@link IndexPipeline} is how
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

    private static final int RRF_K = 60;

    private final PassageIndex index;
    private final QueryVectors vectors;
    private final StageObserver stages;
    private final ScoreFusion weighted;
    private final ScoreFusion byRank = new ReciprocalRankFusion(RRF_K);
    private final int minCandidates;
    private final Duration timeout;
    private final Duration embedTimeout;

    RetrievePipeline(PassageIndex index, QueryVectors vectors, StageObserver stages, SearchConfig config) {
        this.index = index;
        this.vectors = vectors;
        this.stages = stages;
        weighted = new MinMaxFusion(config.denseWeight());
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
     * @param budget time that the caller has left
     * @return fails with NOT_FOUND, reason COLLECTION_NOT_FOUND; with OVERLOADED; or with UNAVAILABLE, reason
     *     DEADLINE_EXCEEDED, INDEX_UNREADABLE and, in dense mode, EMBEDDING_UNAVAILABLE or MODEL_MISMATCH
     */
    public Uni<SearchResult> search(CollectionName collection, Query query, Duration budget) {
        long begun = System.nanoTime();
        return stages.observe(
                        "total",
                        () -> index.open(collection)
                                .flatMap(view -> rank(view, query, budget)
                                        .flatMap(ranking -> load(view, ranking, query.topK(), begun))
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

    private Uni<Ranking> rank(PassageView view, Query query, Duration budget) {
        return switch (query.mode()) {
            case LEXICAL -> lexical(view, query).map(list -> Ranking.ofLexical(list, Optional.empty()));
            case DENSE ->
                embed(view, query, budget)
                        .flatMap(vector -> dense(view, query, vector))
                        .map(Ranking::ofDense);
            case HYBRID -> hybrid(view, query, budget);
        };
    }

    private Uni<Ranking> hybrid(PassageView view, Query query, Duration budget) {
        Uni<Ranking.Dense> dense = embed(view, query, budget)
                .onFailure()
                .recoverWithItem(RetrievePipeline::goOnWithoutVector)
                .flatMap(vector -> dense(view, query, vector));
        return Uni.combine()
                .all()
                .unis(lexical(view, query), dense)
                .asTuple()
                .flatMap(lists -> fuse(view, query, lists.getItem1(), lists.getItem2()));
    }

    private Uni<Ranking.Vector> embed(PassageView view, Query query, Duration budget) {
        if (view.model().isEmpty()) {
            return Uni.createFrom().item(Ranking.Vector.NOT_NEEDED);
        }
        Duration share = Duration.ofNanos((long) (budget.toNanos() * EMBED_SHARE));
        Duration limit = share.compareTo(embedTimeout) < 0 ? share : embedTimeout;
        return stages.observe(
                        "embed", () -> vectors.embed(query.text(), view.model().get(), limit))
                .map(embedded -> new Ranking.Vector(Optional.of(embedded.value()), false, embedded.took()));
    }

    private static Ranking.Vector goOnWithoutVector(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        LOG.warnf("search goes on without vectors, degraded=dense reason=%s: %s", failure.reason(), failure.message());
        return Ranking.Vector.FAILED;
    }

    private Uni<Ranking.Dense> dense(PassageView view, Query query, Ranking.Vector vector) {
        if (vector.query().isEmpty()) {
            return Uni.createFrom().item(Ranking.Dense.without(vector));
        }
        EmbeddedQuery embedded = vector.query().get();
        return stages.observe("dense", () -> view.nearest(embedded.vector(), query.filter(), depth(query)))
                .map(list -> new Ranking.Dense(vector, list.value(), list.took()));
    }

    private Uni<Timed<CandidateList>> lexical(PassageView view, Query query) {
        return stages.observe("lexical", () -> view.matching(query.text(), query.filter(), depth(query)));
    }

    private Uni<Ranking> fuse(PassageView view, Query query, Timed<CandidateList> lexical, Ranking.Dense dense) {
        if (dense.vector().query().isEmpty()) {
            return Uni.createFrom().item(Ranking.ofLexical(lexical, Optional.of(dense)));
        }
        EmbeddedQuery embedded = dense.vector().query().get();
        ScoreFusion fusion = query.fusion() == Fusion.RRF ? byRank : weighted;
        CandidateUnion union = CandidateUnion.of(dense.list(), lexical.value());
        return stages.observe(
                        "fuse",
                        () -> Uni.combine()
                                .all()
                                .unis(
                                        view.relevances(query.text(), union.onlyDense()),
                                        view.similarities(embedded.vector(), union.onlyLexical()))
                                .asTuple()
                                .map(missing -> fusion.fuse(union.complete(missing.getItem1(), missing.getItem2()))))
                .map(fused -> Ranking.ofFused(fused.value(), lexical, dense));
    }

    private Uni<SearchResult> load(PassageView view, Ranking ranking, int k, long begun) {
        DistinctHits hits = new DistinctHits(ranking, k);
        return stages.observe("load", () -> loadMore(view, hits))
                .map(_ -> ranking.toResult(hits.list(), Duration.ofNanos(System.nanoTime() - begun)));
    }

    /** Loads until there are as many hits as were asked for: passages that show the same leave room for more. */
    private static Uni<DistinctHits> loadMore(PassageView view, DistinctHits hits) {
        List<Candidate> next = hits.next();
        if (next.isEmpty()) {
            return Uni.createFrom().item(hits);
        }
        return view.load(next).invoke(hits::add).flatMap(_ -> loadMore(view, hits));
    }

    private int depth(Query query) {
        return Math.max(query.topK(), minCandidates);
    }

    private static Failure tooLate(Duration budget) {
        return Failure.unavailable(
                "DEADLINE_EXCEEDED", "the search took longer than the %d ms it had".formatted(budget.toMillis()), null);
    }
}
