package quintet.generate.api;

import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import quintet.generate.pipeline.GeneratePipeline;
import quintet.generate.v1.AnswerRequest;
import quintet.generate.v1.AnswerResponse;
import quintet.generate.v1.GenerateService;
import quintet.identity.Callers;
import quintet.rpc.Deadlines;
import quintet.rpc.RpcErrors;

/** gRPC edge of the generate service. Maps wire types to the model and failures to statuses; decides nothing. */
@GrpcService
public class GenerateGrpcService implements GenerateService {
    private final GeneratePipeline pipeline;
    private final Callers callers;

    GenerateGrpcService(GeneratePipeline pipeline, Callers callers) {
        this.pipeline = pipeline;
        this.callers = callers;
    }

    @Override
    public Multi<AnswerResponse> answer(AnswerRequest request) {
        return Multi.createFrom()
                .deferred(() -> pipeline.answer(
                        GenerateProtoMapping.toModel(request, callers.ofCall().tenant()),
                        Deadlines.remaining(AnswerResource.NO_DEADLINE)))
                .map(GenerateProtoMapping::toProto)
                .onFailure()
                .transform(RpcErrors::toStatus);
    }
}
