package quintet.rerank.api;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import quintet.rerank.pipeline.RerankPipeline;
import quintet.rerank.pipeline.compression.CompressPipeline;
import quintet.rerank.v1.CompressRequest;
import quintet.rerank.v1.CompressResponse;
import quintet.rerank.v1.RerankRequest;
import quintet.rerank.v1.RerankResponse;
import quintet.rerank.v1.RerankService;
import quintet.rpc.Deadlines;
import quintet.rpc.RpcErrors;

/** gRPC edge of the rerank service. Maps wire types to the model and failures to statuses; decides nothing. */
@GrpcService
public class RerankGrpcService implements RerankService {
    private final RerankPipeline ranking;
    private final CompressPipeline compression;

    RerankGrpcService(RerankPipeline ranking, CompressPipeline compression) {
        this.ranking = ranking;
        this.compression = compression;
    }

    @Override
    public Uni<RerankResponse> rerank(RerankRequest request) {
        return answer(Uni.createFrom()
                .deferred(() ->
                        ranking.rerank(RerankProtoMapping.toModel(request), Deadlines.remaining(ranking.timeout())))
                .map(RerankProtoMapping::toProto));
    }

    @Override
    public Uni<CompressResponse> compress(CompressRequest request) {
        return answer(Uni.createFrom()
                .deferred(() -> compression.compress(
                        CompressProtoMapping.toModel(request), Deadlines.remaining(compression.timeout())))
                .map(CompressProtoMapping::toProto));
    }

    private static <T> Uni<T> answer(Uni<T> answer) {
        return Deadlines.whileCallerWaits(answer).onFailure().transform(RpcErrors::toStatus);
    }
}
