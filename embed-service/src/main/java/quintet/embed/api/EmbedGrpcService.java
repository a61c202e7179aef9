package quintet.embed.api;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import quintet.embed.pipeline.EmbedPipeline;
import quintet.embed.v1.EmbedRequest;
import quintet.embed.v1.EmbedResponse;
import quintet.embed.v1.EmbedService;
import quintet.embed.v1.GetModelRequest;
import quintet.embed.v1.GetModelResponse;
import quintet.rpc.Deadlines;
import quintet.rpc.RpcErrors;

/** gRPC edge of the embed service. Maps wire types to the model and failures to statuses; decides nothing. */
@GrpcService
public class EmbedGrpcService implements EmbedService {
    private final EmbedPipeline pipeline;

    EmbedGrpcService(EmbedPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public Uni<EmbedResponse> embed(EmbedRequest request) {
        Uni<EmbedResponse> answer = Uni.createFrom().deferred(() -> {
            VectorType type = EmbedProtoMapping.vectorType(request);
            return pipeline.embed(EmbedProtoMapping.toModel(request))
                    .map(result -> EmbedProtoMapping.toProto(result, type));
        });
        return Deadlines.whileCallerWaits(answer).onFailure().transform(RpcErrors::toStatus);
    }

    @Override
    public Uni<GetModelResponse> getModel(GetModelRequest request) {
        return Uni.createFrom()
                .item(() -> EmbedProtoMapping.toProto(pipeline.model()))
                .onFailure()
                .transform(RpcErrors::toStatus);
    }
}
