package quintet.embed.api;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.OptionalInt;
import quintet.embed.model.EmbedResult;
import quintet.embed.model.Embedding;
import quintet.embed.model.InputSide;
import quintet.embed.model.ModelRef;
import quintet.embed.model.UnitVector;
import quintet.embed.v1.EmbedRequest;
import quintet.embed.v1.EmbedResponse;
import quintet.embed.v1.GetModelResponse;
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
                present(request.getModel()),
                present(request.getInstruction()),
                request.hasDimensions() ? OptionalInt.of(request.getDimensions()) : OptionalInt.empty(),
                request.getTruncate());
    }

    static VectorType vectorType(EmbedRequest request) {
        return switch (request.getOutputType()) {
            case OUTPUT_TYPE_UNSPECIFIED -> VectorType.FLOAT;
            case OUTPUT_TYPE_INT8 -> VectorType.INT8;
            case OUTPUT_TYPE_UBINARY -> VectorType.UBINARY;
            case UNRECOGNIZED ->
                throw Failure.invalidInput(
                        "INVALID_OUTPUT_TYPE",
                        "output_type is %d, must be 1 (int8), 2 (ubinary) or left out",
                        request.getOutputTypeValue());
        };
    }

    private static Optional<String> present(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    static EmbedResponse toProto(EmbedResult result, VectorType type) {
        EmbedResponse.Builder response = EmbedResponse.newBuilder()
                .setModel(result.model().name())
                .setRevision(result.model().revision())
                .setDimension(result.model().dimension())
                .setQueueTimeUs(result.queueTime().toNanos() / 1_000)
                .setComputeTimeUs(result.computeTime().toNanos() / 1_000);
        for (Embedding embedding : result.embeddings()) {
            var _ = response.addEmbeddings(toProto(embedding, type));
        }
        return response.build();
    }

    static GetModelResponse toProto(ModelRef model) {
        return GetModelResponse.newBuilder()
                .setModel(model.name())
                .setRevision(model.revision())
                .setDimension(model.dimension())
                .build();
    }

    private static quintet.embed.v1.Embedding toProto(Embedding embedding, VectorType type) {
        UnitVector vector = embedding.vector();
        quintet.embed.v1.Embedding.Builder message = quintet.embed.v1.Embedding.newBuilder()
                .setTokenCount(embedding.tokenCount())
                .setTruncated(embedding.truncated());
        switch (type) {
            case FLOAT -> {
                for (float value : vector.toArray()) {
                    var _ = message.addValues(value);
                }
            }
            case INT8 -> {
                var _ = message.setPacked(ByteString.copyFrom(vector.toInt8())).setScale(vector.int8Scale());
            }
            case UBINARY -> {
                var _ = message.setPacked(ByteString.copyFrom(vector.toBits()));
            }
        }
        return message.build();
    }
}
