package quintet.ingest.adapter.grpc;

import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import quintet.embed.v1.EmbedServiceGrpc.EmbedServiceBlockingStub;
import quintet.embed.v1.GetModelRequest;
import quintet.embed.v1.GetModelResponse;
import quintet.failure.Failure;
import quintet.ingest.model.VectorModel;
import quintet.ingest.port.CurrentModel;
import quintet.rpc.RpcErrors;

/** {@link CurrentModel} over embed-service. */
@ApplicationScoped
class GrpcCurrentModel implements CurrentModel {
    private static final String UNAVAILABLE = "EMBEDDING_UNAVAILABLE";

    private final EmbedServiceBlockingStub stub;
    private final Duration timeout;

    GrpcCurrentModel(@GrpcClient("embed") EmbedServiceBlockingStub stub, EmbedConfig config) {
        this.stub = stub;
        this.timeout = config.modelTimeout();
    }

    @Override
    public VectorModel get() {
        try {
            GetModelResponse model = stub.withDeadlineAfter(timeout).getModel(GetModelRequest.getDefaultInstance());
            return new VectorModel(model.getModel(), model.getRevision(), model.getDimension());
        } catch (RuntimeException e) {
            Failure failure = RpcErrors.toFailure(e, UNAVAILABLE);
            throw failure.kind().retryable()
                    ? failure
                    : Failure.unavailable(
                            UNAVAILABLE, "embed-service does not name its model: " + failure.message(), e);
        }
    }
}
