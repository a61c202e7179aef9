package quintet.rerank.api;

import java.util.Optional;
import quintet.rerank.model.CompressResult;
import quintet.rerank.v1.CompressRequest;
import quintet.rerank.v1.CompressResponse;
import quintet.rerank.v1.CompressedPassage;
import quintet.rerank.v1.PassageOutcome;
import quintet.rerank.v1.TextSpan;

/** Maps requests to compress from and results to the wire. */
final class CompressProtoMapping {
    private CompressProtoMapping() {}

    static quintet.rerank.model.CompressRequest toModel(CompressRequest request) {
        return new quintet.rerank.model.CompressRequest(
                request.getQuery(),
                request.getPassagesList(),
                request.hasMaxTokens() ? Optional.of(request.getMaxTokens()) : Optional.empty(),
                request.hasThreshold() ? Optional.of((double) request.getThreshold()) : Optional.empty(),
                request.hasKeepFirst() ? Optional.of(request.getKeepFirst()) : Optional.empty(),
                request.hasMmrLambda() ? Optional.of((double) request.getMmrLambda()) : Optional.empty(),
                request.getModel().isEmpty() ? Optional.empty() : Optional.of(request.getModel()));
    }

    static CompressResponse toProto(CompressResult result) {
        return CompressResponse.newBuilder()
                .addAllPassages(result.passages().stream()
                        .map(CompressProtoMapping::toProto)
                        .toList())
                .setModel(result.model().name())
                .setRevision(result.model().revision())
                .setOriginalTokens(result.originalTokens())
                .setKeptTokens(result.keptTokens())
                .setSentenceCount(result.sentenceCount())
                .setScoredCount(result.scoredCount())
                .setQueueTimeUs(result.queueTime().toNanos() / 1_000)
                .setComputeTimeUs(result.computeTime().toNanos() / 1_000)
                .build();
    }

    private static CompressedPassage toProto(quintet.rerank.model.CompressedPassage passage) {
        CompressedPassage.Builder compressed = CompressedPassage.newBuilder()
                .setOutcome(toProto(passage.outcome()))
                .setText(passage.text())
                .addAllSpans(passage.spans().stream()
                        .map(span -> TextSpan.newBuilder()
                                .setStart(span.start())
                                .setEnd(span.end())
                                .build())
                        .toList())
                .setTokens(passage.tokens());
        passage.mergedInto().ifPresent(into -> {
            var _ = compressed.setMergedInto(into);
        });
        return compressed.build();
    }

    private static PassageOutcome toProto(quintet.rerank.model.CompressedPassage.Outcome outcome) {
        return switch (outcome) {
            case KEPT -> PassageOutcome.PASSAGE_OUTCOME_KEPT;
            case MERGED -> PassageOutcome.PASSAGE_OUTCOME_MERGED;
            case IRRELEVANT -> PassageOutcome.PASSAGE_OUTCOME_IRRELEVANT;
            case OVER_BUDGET -> PassageOutcome.PASSAGE_OUTCOME_OVER_BUDGET;
        };
    }
}
