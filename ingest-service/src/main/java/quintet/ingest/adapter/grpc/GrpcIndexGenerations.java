package quintet.ingest.adapter.grpc;

import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import quintet.failure.Failure;
import quintet.ingest.model.GenerationChoice;
import quintet.ingest.model.IndexChoice;
import quintet.ingest.port.IndexGenerations;
import quintet.retrieve.v1.ChooseGenerationRequest;
import quintet.retrieve.v1.ChooseIndexRequest;
import quintet.retrieve.v1.FindDocumentsRequest;
import quintet.retrieve.v1.FindDocumentsResponse;
import quintet.retrieve.v1.GenerationServiceGrpc.GenerationServiceBlockingStub;
import quintet.rpc.RpcErrors;

/** {@link IndexGenerations} over retrieve-service. */
@ApplicationScoped
class GrpcIndexGenerations implements IndexGenerations {
    private static final String UNAVAILABLE = "INDEX_UNAVAILABLE";

    private final GenerationServiceBlockingStub stub;
    private final Duration timeout;

    GrpcIndexGenerations(@GrpcClient("retrieve") GenerationServiceBlockingStub stub, IndexConfig config) {
        this.stub = stub;
        timeout = config.pageTimeout();
    }

    @Override
    public void chooseIndex(String generation, IndexChoice index) {
        ChooseIndexRequest request = ChooseIndexRequest.newBuilder()
                .setGeneration(generation)
                .setKind(index.kind())
                .putAllParameters(index.parameters())
                .build();
        var _ = call(retrieve -> retrieve.chooseIndex(request));
    }

    @Override
    public void choose(GenerationChoice choice) {
        ChooseGenerationRequest request = ChooseGenerationRequest.newBuilder()
                .setCollection(choice.collection())
                .setGeneration(choice.generation())
                .setRevision(choice.revision())
                .build();
        var _ = call(retrieve -> retrieve.chooseGeneration(request));
    }

    @Override
    public Found find(String generation, String query, int topK) {
        FindDocumentsRequest request = FindDocumentsRequest.newBuilder()
                .setGeneration(generation)
                .setQuery(query)
                .setTopK(topK)
                .build();
        FindDocumentsResponse response = call(retrieve -> retrieve.findDocuments(request));
        return new Found(response.getDocumentIdsList(), response.getDegradedList());
    }

    private <T> T call(Function<GenerationServiceBlockingStub, T> rpc) {
        try {
            return rpc.apply(stub.withDeadlineAfter(timeout));
        } catch (RuntimeException e) {
            Failure failure = RpcErrors.toFailure(e, UNAVAILABLE);
            throw failure.kind() == Failure.Kind.INTERNAL
                    ? Failure.unavailable(UNAVAILABLE, "retrieve-service failed: " + failure.message(), e)
                    : failure;
        }
    }
}
