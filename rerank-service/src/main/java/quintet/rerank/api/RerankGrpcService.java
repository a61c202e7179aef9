package quintet.rerank.api;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import quintet.rerank.pipeline.RerankPipeline;
import quintet.rerank.v1.RerankRequest;
import quintet.rerank.v1.RerankResponse;
import quintet.rerank.v1.RerankService;
import quintet.rpc.Deadlines;
import quintet.rpc.RpcErrors;

/** gRPC edge of the rerank service. Maps wire types to the model and failures to statuses; decides nothing. */
@GrpcService
public class RerankGrpcService implements RerankService {
    private final RerankPipeline pipeline;

    RerankGrpcService(RerankPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public Uni<RerankResponse> rerank(RerankRequest request) {
        Uni<RerankResponse> answer = Uni.createFrom()
                .deferred(() ->
                        pipeline.rerank(RerankProtoMapping.toModel(request), Deadlines.remaining(pipeline.timeout())))
                .map(RerankProtoMapping::toProto);
        return Deadlines.whileCallerWaits(answer).onFailure().transform(RpcErrors::toStatus);
    }
}
