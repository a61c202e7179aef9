package quintet.rerank.api;

import java.util.Optional;
import quintet.rerank.model.Candidate;
import quintet.rerank.model.RankedPassage;
import quintet.rerank.model.RerankResult;
import quintet.rerank.model.ScoredPair;
import quintet.rerank.v1.AnswerSpan;
import quintet.rerank.v1.RankedCandidate;
import quintet.rerank.v1.RerankRequest;
import quintet.rerank.v1.RerankResponse;
import quintet.rerank.v1.StopReason;

/** Maps requests from and results to the wire. */
final class RerankProtoMapping {
    private RerankProtoMapping() {}

    static quintet.rerank.model.RerankRequest toModel(RerankRequest request) {
        return new quintet.rerank.model.RerankRequest(
                request.getQuery(),
                request.getCandidatesList().stream()
                        .map(candidate -> new Candidate(
                                candidate.getText(),
                                candidate.hasFirstStageScore()
                                        ? Optional.of(candidate.getFirstStageScore())
                                        : Optional.empty()))
                        .toList(),
                request.getTopN(),
                request.getModel().isEmpty() ? Optional.empty() : Optional.of(request.getModel()));
    }

    static RerankResponse toProto(RerankResult result) {
        return RerankResponse.newBuilder()
                .addAllResults(result.results().stream()
                        .map(RerankProtoMapping::toProto)
                        .toList())
                .setModel(result.model().name())
                .setRevision(result.model().revision())
                .setScoredCount(result.scoredCount())
                .setStopReason(toProto(result.stopReason()))
                .setQueueTimeUs(result.queueTime().toNanos() / 1_000)
                .setComputeTimeUs(result.computeTime().toNanos() / 1_000)
                .build();
    }

    private static StopReason toProto(quintet.rerank.model.StopReason reason) {
        return switch (reason) {
            case ALL -> StopReason.STOP_REASON_ALL;
            case DEADLINE -> StopReason.STOP_REASON_DEADLINE;
            case ORDER_SETTLED -> StopReason.STOP_REASON_ORDER_SETTLED;
        };
    }

    private static RankedCandidate toProto(RankedPassage passage) {
        RankedCandidate.Builder ranked =
                RankedCandidate.newBuilder().setIndex(passage.index()).setScore((float) passage.score());
        passage.pair().ifPresent(pair -> addPair(ranked, pair));
        return ranked.build();
    }

    private static void addPair(RankedCandidate.Builder ranked, ScoredPair pair) {
        var _ = ranked.setRelevance((float) pair.relevance()).setTruncated(pair.truncated());
        pair.answer().ifPresent(span -> {
            var _ = ranked.setAnswer(AnswerSpan.newBuilder()
                    .setStart(span.start())
                    .setEnd(span.end())
                    .setScore(span.score()));
        });
    }
}
