package quintet.retrieve.api;

import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.history.KeptSearch;
import quintet.retrieve.model.history.PastSearch;
import quintet.retrieve.model.history.Replay;
import quintet.retrieve.v1.ComparedHit;
import quintet.retrieve.v1.GetSearchResponse;
import quintet.retrieve.v1.KeptHit;
import quintet.retrieve.v1.Outcome;
import quintet.retrieve.v1.ReplaySearchResponse;
import quintet.retrieve.v1.SearchMode;

/** From kept searches to their messages. */
final class HistoryProtoMapping {
    private HistoryProtoMapping() {}

    static GetSearchResponse toProto(PastSearch past) {
        KeptSearch search = past.search();
        GetSearchResponse.Builder proto = GetSearchResponse.newBuilder()
                .setSearchId(search.id().value())
                .setSearchedAt(search.at().toString())
                .setQuery(search.query().text())
                .setTopK(search.query().topK())
                .setMode(mode(search.query().mode()))
                .setFusion(ExplanationProtoMapping.toProto(search.query().fusion()))
                .setFilterText(FilterText.of(search.query().filter()))
                .setIndex(ExplanationProtoMapping.toProto(search.index()))
                .addAllDegraded(search.degraded())
                .setTimings(SearchProtoMapping.toProto(search.timings()));
        past.hits()
                .forEach(hit -> proto.addHits(KeptHit.newBuilder()
                        .setRank(hit.rank())
                        .setChunkId(hit.chunkId())
                        .setDocumentId(hit.documentId())
                        .setVersion(hit.version())
                        .setScore((float) hit.score())
                        .setScores(SearchProtoMapping.toProto(hit.scores()))
                        .setVisible(hit.visible())));
        return proto.build();
    }

    private static SearchMode mode(quintet.retrieve.model.SearchMode mode) {
        return switch (mode) {
            case HYBRID -> SearchMode.SEARCH_MODE_HYBRID;
            case DENSE -> SearchMode.SEARCH_MODE_DENSE;
            case LEXICAL -> SearchMode.SEARCH_MODE_LEXICAL;
        };
    }

    static ReplaySearchResponse toProto(Replay replay) {
        ReplaySearchResponse.Builder proto = ReplaySearchResponse.newBuilder()
                .setThen(toProto(replay.then()))
                .setNow(SearchProtoMapping.toProto(replay.now(), ""))
                .setIndexNow(ExplanationProtoMapping.toProto(replay.now().index()))
                .addAllRewritingChanges(replay.rewritingChanges())
                .addAllIndexChanges(replay.indexChanges())
                .setSentence(replay.sentence());
        replay.hits().forEach(hit -> proto.addHits(toProto(hit)));
        return proto.build();
    }

    private static ComparedHit toProto(quintet.retrieve.model.history.ComparedHit hit) {
        ComparedHit.Builder proto = ComparedHit.newBuilder()
                .setOutcome(outcome(hit.outcome()))
                .setChunkId(hit.chunkId())
                .setDocumentId(hit.documentId())
                .setRankThen(hit.rankThen())
                .setRankNow(hit.rankNow())
                .setVersionThen(hit.versionThen())
                .setVersionNow(hit.versionNow());
        if (hit.scoreThen() != null) {
            proto.setScoreThen(hit.scoreThen().floatValue());
        }
        if (hit.scoreNow() != null) {
            proto.setScoreNow(hit.scoreNow().floatValue());
        }
        return proto.build();
    }

    private static Outcome outcome(quintet.retrieve.model.history.ComparedHit.Outcome outcome) {
        return switch (outcome) {
            case SAME -> Outcome.OUTCOME_SAME;
            case MOVED -> Outcome.OUTCOME_MOVED;
            case CAME -> Outcome.OUTCOME_CAME;
            case WENT -> Outcome.OUTCOME_WENT;
            case REPLACED -> Outcome.OUTCOME_REPLACED;
            case HIDDEN -> Outcome.OUTCOME_HIDDEN;
        };
    }
}
