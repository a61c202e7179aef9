package quintet.ingest.adapter.grpc;

import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import quintet.failure.Failure;
import quintet.ingest.model.IndexedDocument;
import quintet.ingest.port.IndexInventory;
import quintet.retrieve.v1.Collection;
import quintet.retrieve.v1.ListCollectionsRequest;
import quintet.retrieve.v1.ListDocumentsRequest;
import quintet.retrieve.v1.RetrieveServiceGrpc.RetrieveServiceBlockingStub;
import quintet.rpc.RpcErrors;

/** {@link IndexInventory} over retrieve-service. */
@ApplicationScoped
class GrpcIndexInventory implements IndexInventory {
    private static final String UNAVAILABLE = "INDEX_UNAVAILABLE";

    private final RetrieveServiceBlockingStub stub;
    private final Duration timeout;

    GrpcIndexInventory(@GrpcClient("retrieve") RetrieveServiceBlockingStub stub, IndexConfig config) {
        this.stub = stub;
        this.timeout = config.pageTimeout();
    }

    @Override
    public List<String> collections() {
        return call(retrieve -> retrieve.listCollections(ListCollectionsRequest.getDefaultInstance()))
                .getCollectionsList()
                .stream()
                .map(Collection::getGeneration)
                .toList();
    }

    @Override
    public List<IndexedDocument> page(String collection, String after, int limit) {
        ListDocumentsRequest request = ListDocumentsRequest.newBuilder()
                .setCollection(collection)
                .setAfter(after)
                .setPageSize(limit)
                .build();
        return call(retrieve -> retrieve.listDocuments(request)).getDocumentsList().stream()
                .map(document -> new IndexedDocument(
                        document.getDocumentId(),
                        document.getVersion(),
                        document.getDeleted(),
                        document.getPassageCount()))
                .toList();
    }

    /** Whatever goes wrong over there, what the index holds is not known here. */
    private <T> T call(Function<RetrieveServiceBlockingStub, T> rpc) {
        try {
            return rpc.apply(stub.withDeadlineAfter(timeout));
        } catch (RuntimeException e) {
            Failure failure = RpcErrors.toFailure(e, UNAVAILABLE);
            throw failure.kind().retryable()
                    ? failure
                    : Failure.unavailable(UNAVAILABLE, "retrieve-service failed: " + failure.message(), e);
        }
    }
}
