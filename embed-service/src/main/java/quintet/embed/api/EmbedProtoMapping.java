package quintet.embed.api;

import java.util.Optional;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.InputSide;
import quintet.embed.v1.EmbedRequest;
import quintet.embed.v1.EmbedResponse;
import quintet.failure.Failure;

/** Maps requests from and results to the wire. */
final class EmbedProtoMapping {
    private EmbedProtoMapping() {}

    static quintet.embed.model.EmbedRequest toModel(EmbedRequest request) {
        InputSide side = switch (request.getSide()) {
            case INPUT_SIDE_QUERY -> InputSide.QUERY;
            case INPUT_SIDE_PASSAGE -> InputSide.PASSAGE;
            case INPUT_SIDE_UNSPECIFIED, UNRECOGNIZED ->
                throw Failure.invalidInput(
                        "INPUT_SIDE_REQUIRED", "side is %d, must be 1 (query) or 2 (passage)", request.getSideValue());
        };
        return new quintet.embed.model.EmbedRequest(
                request.getTextsList(),
                side,
                request.getModel().isEmpty() ? Optional.empty() : Optional.of(request.getModel()));
    }

    static EmbedResponse toProto(EmbedResult result) {
        EmbedResponse.Builder response = EmbedResponse.newBuilder()
                .setModel(result.model().name())
                .setRevision(result.model().revision())
                .setDimension(result.model().dimension())
                .setQueueTimeUs(result.queueTime().toNanos() / 1_000)
                .setComputeTimeUs(result.computeTime().toNanos() / 1_000);
        for (Embedding embedding : result.embeddings()) {
            quintet.embed.v1.Embedding.Builder vector =
                    quintet.embed.v1.Embedding.newBuilder().setTokenCount(embedding.tokenCount());
            for (float value : embedding.vector().toArray()) {
                var _ = vector.addValues(value);
            }
            var _ = response.addEmbeddings(vector);
        }
        return response.build();
    }
}
