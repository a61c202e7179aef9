package quintet.retrieve.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.IndexFacts;
import quintet.retrieve.model.RewrittenQuery;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.model.SearchTimings;
import quintet.retrieve.model.StageScores;
import quintet.retrieve.model.explanation.Explanation;
import quintet.retrieve.pipeline.StageObserver.Timed;

/**
 * What a search will answer with, before its passages are loaded.
 *
 * @param dense what the vector search did, if it was asked for
 * @param lexical what the keyword search did, if it was asked for
 * @param threshold what became of the smallest score, if one was asked for
 */
record Ranking(
        List<Ranked> ranked,
        Optional<Dense> dense,
        Optional<Timed<CandidateList>> lexical,
        Optional<ScoreThreshold> threshold) {
    /** In {@code degraded}: the vector search was skipped. */
    static final String DENSE = "dense";
    /** In {@code degraded}: the end of the query counts for words only. */
    static final String DENSE_QUERY_TRUNCATED = "dense-query-truncated";
    /** In {@code degraded}: of the query's words only the first count. */
    static final String LEXICAL_QUERY_TRUNCATED = "lexical-query-truncated";

    /** In {@code degraded}: without the query's vector there was no score to compare with the smallest one. */
    static final String MIN_SCORE = "min-score";

    /** A candidate and its scores. */
    record Ranked(Candidate candidate, double score, StageScores scores) {}

    /** The query's vector: none if it failed, and none if the collection has no vectors to compare it with. */
    record Vector(Optional<EmbeddedQuery> query, boolean failed, Duration took) {
        static final Vector NOT_NEEDED = new Vector(Optional.empty(), false, Duration.ZERO);
        static final Vector FAILED = new Vector(Optional.empty(), true, Duration.ZERO);
    }

    /** The vector search. */
    record Dense(Vector vector, CandidateList list, Duration took) {
        static Dense without(Vector vector) {
            return new Dense(vector, new CandidateList(List.of(), false), Duration.ZERO);
        }
    }

    /** Nothing was found. */
    static Ranking nothing() {
        return new Ranking(List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Ranking ofDense(Dense dense) {
        List<Ranked> ranked = dense.list().candidates().stream()
                .map(c -> new Ranked(c, c.score(), new StageScores(c.score(), null, null)))
                .toList();
        return new Ranking(ranked, Optional.of(dense), Optional.empty(), Optional.empty());
    }

    static Ranking ofLexical(Timed<CandidateList> lexical, Optional<Dense> dense) {
        List<Ranked> ranked = lexical.value().candidates().stream()
                .map(c -> new Ranked(c, c.score(), new StageScores(null, c.score(), null)))
                .toList();
        return new Ranking(ranked, dense, Optional.of(lexical), Optional.empty());
    }

    static Ranking ofFused(List<FusedCandidate> fused, Timed<CandidateList> lexical, Dense dense) {
        List<Ranked> ranked = fused.stream()
                .map(f -> new Ranked(
                        f.scores().candidate(),
                        f.score(),
                        new StageScores(f.scores().dense(), f.scores().lexical(), f.score())))
                .toList();
        return new Ranking(ranked, Optional.of(dense), Optional.of(lexical), Optional.empty());
    }

    /** Returns this ranking with others, or the same in another order. */
    Ranking with(List<Ranked> others) {
        return new Ranking(others, dense, lexical, threshold);
    }

    /** Returns the answer with the hits that were loaded. */
    SearchResult toResult(
            List<Hit> hits,
            RewrittenQuery rewritten,
            Duration total,
            IndexFacts facts,
            Optional<Explanation> explained) {
        Optional<EmbeddedQuery> vector = dense.flatMap(d -> d.vector().query());
        SearchTimings timings = new SearchTimings(
                dense.map(d -> d.vector().took()).orElse(Duration.ZERO),
                dense.map(Dense::took).orElse(Duration.ZERO),
                lexical.map(Timed::took).orElse(Duration.ZERO),
                total);
        List<String> degraded = new ArrayList<>(rewritten.degraded());
        degraded.addAll(degraded());
        return new SearchResult(
                hits,
                degraded,
                vector.map(EmbeddedQuery::model),
                timings,
                rewritten,
                threshold.flatMap(t -> t.cut(hits)),
                facts,
                explained);
    }

    private List<String> degraded() {
        List<String> degraded = new ArrayList<>();
        if (dense.isPresent() && dense.get().vector().failed()) {
            degraded.add(DENSE);
        }
        if (dense.flatMap(d -> d.vector().query())
                .filter(EmbeddedQuery::truncated)
                .isPresent()) {
            degraded.add(DENSE_QUERY_TRUNCATED);
        }
        if (lexical.isPresent() && lexical.get().value().queryTruncated()) {
            degraded.add(LEXICAL_QUERY_TRUNCATED);
        }
        if (threshold.isPresent() && !threshold.get().applied()) {
            degraded.add(MIN_SCORE);
        }
        return degraded;
    }
}
