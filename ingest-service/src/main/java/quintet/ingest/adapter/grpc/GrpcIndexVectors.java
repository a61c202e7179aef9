package quintet.ingest.adapter.grpc;

import com.google.protobuf.ByteString;
import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import quintet.failure.Failure;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.VectorModel;
import quintet.ingest.port.IndexVectors;
import quintet.retrieve.v1.GetVectorsRequest;
import quintet.retrieve.v1.GetVectorsResponse;
import quintet.retrieve.v1.ListCollectionsRequest;
import quintet.retrieve.v1.PassageVector;
import quintet.retrieve.v1.RetrieveServiceGrpc.RetrieveServiceBlockingStub;
import quintet.rpc.RpcErrors;

/** {@link IndexVectors} over retrieve-service. */
@ApplicationScoped
class GrpcIndexVectors implements IndexVectors {
    private static final String UNAVAILABLE = "INDEX_UNAVAILABLE";

    private final RetrieveServiceBlockingStub stub;
    private final Duration timeout;

    GrpcIndexVectors(@GrpcClient("retrieve") RetrieveServiceBlockingStub stub, IndexConfig config) {
        this.stub = stub;
        this.timeout = config.pageTimeout();
    }

    @Override
    public Optional<VectorModel> model(String collection) {
        return call(retrieve ->
                retrieve.listCollections(ListCollectionsRequest.getDefaultInstance()).getCollectionsList().stream()
                        // The model outlives the last passage, but whatever comes next may replace it.
                        .filter(found -> found.getGeneration().equals(collection)
                                && found.getPassageCount() > 0
                                && !found.getModel().isEmpty())
                        .findFirst()
                        .map(found -> new VectorModel(found.getModel(), found.getRevision(), found.getDimension())));
    }

    @Override
    public Found find(DocumentKey key, List<UUID> chunkIds) {
        GetVectorsRequest request = GetVectorsRequest.newBuilder()
                .setCollection(key.collection())
                .setDocumentId(key.documentId())
                .addAllChunkIds(chunkIds.stream().map(UUID::toString).toList())
                .build();
        return call(retrieve -> found(retrieve.getVectors(request)));
    }

    private static Found found(GetVectorsResponse response) {
        Optional<VectorModel> model = response.getModel().isEmpty()
                ? Optional.empty()
                : Optional.of(new VectorModel(response.getModel(), response.getRevision(), response.getDimension()));
        Map<UUID, ChunkVector> vectors = new HashMap<>();
        for (PassageVector vector : response.getVectorsList()) {
            ByteString key = vector.getVectorKey();
            vectors.put(
                    UUID.fromString(vector.getChunkId()),
                    new ChunkVector(
                            vector.getVector().toByteArray(),
                            key.isEmpty() ? null : HexFormat.of().formatHex(key.toByteArray())));
        }
        return new Found(response.getVersion(), model, vectors);
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
