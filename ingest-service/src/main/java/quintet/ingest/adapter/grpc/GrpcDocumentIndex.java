package quintet.ingest.adapter.grpc;

import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.IndexStatus;
import quintet.ingest.port.DocumentIndex;
import quintet.retrieve.v1.GetDocumentStatusRequest;
import quintet.retrieve.v1.GetDocumentStatusResponse;
import quintet.retrieve.v1.RetrieveServiceGrpc.RetrieveServiceBlockingStub;
import quintet.rpc.RpcErrors;

/** {@link DocumentIndex} over retrieve-service. */
@ApplicationScoped
class GrpcDocumentIndex implements DocumentIndex {
    private final RetrieveServiceBlockingStub retrieve;
    private final Duration timeout;

    GrpcDocumentIndex(@GrpcClient("retrieve") RetrieveServiceBlockingStub retrieve, IndexConfig config) {
        this.retrieve = retrieve;
        timeout = config.timeout();
    }

    @Override
    public IndexStatus status(DocumentKey key) {
        GetDocumentStatusRequest request = GetDocumentStatusRequest.newBuilder()
                .setCollection(key.collection())
                .setDocumentId(key.documentId())
                .build();
        try {
            GetDocumentStatusResponse response =
                    retrieve.withDeadlineAfter(timeout).getDocumentStatus(request);
            return new IndexStatus(
                    response.getVersion(),
                    response.getDeleted(),
                    response.getPassageCount(),
                    response.getStagedPartCount());
        } catch (RuntimeException e) {
            throw RpcErrors.toFailure(e, "INDEX_UNAVAILABLE");
        }
    }
}
