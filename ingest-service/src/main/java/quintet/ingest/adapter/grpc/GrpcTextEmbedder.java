package quintet.ingest.adapter.grpc;

import io.quarkus.grpc.GrpcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import quintet.embed.v1.EmbedRequest;
import quintet.embed.v1.EmbedResponse;
import quintet.embed.v1.EmbedServiceGrpc.EmbedServiceBlockingStub;
import quintet.embed.v1.Embedding;
import quintet.embed.v1.InputSide;
import quintet.failure.Failure;
import quintet.ingest.port.TextEmbedder;
import quintet.rpc.RpcErrors;

/** {@link TextEmbedder} over embed-service. */
@ApplicationScoped
class GrpcTextEmbedder implements TextEmbedder {
    private static final String UNAVAILABLE = "EMBEDDING_UNAVAILABLE";

    private final EmbedServiceBlockingStub stub;
    private final Duration timeout;

    GrpcTextEmbedder(@GrpcClient("embed") EmbedServiceBlockingStub stub, EmbedConfig config) {
        this.stub = stub;
        this.timeout = config.timeout();
    }

    @Override
    public Embeddings embed(List<String> texts) {
        EmbedRequest request = EmbedRequest.newBuilder()
                .addAllTexts(texts)
                .setSide(InputSide.INPUT_SIDE_PASSAGE)
                .build();
        try {
            return embeddings(stub.withDeadlineAfter(timeout).embed(request), texts.size());
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /** A bug over there is an outage over here: this service did its part. */
    private static Failure failure(RuntimeException thrown) {
        Failure failure = RpcErrors.toFailure(thrown, UNAVAILABLE);
        return failure.kind() == Failure.Kind.INTERNAL
                ? Failure.unavailable(UNAVAILABLE, "embed-service failed: " + thrown.getMessage(), thrown)
                : failure;
    }

    private static Embeddings embeddings(EmbedResponse response, int expected) {
        if (response.getEmbeddingsCount() != expected) {
            throw Failure.unavailable(
                    UNAVAILABLE,
                    "embed-service answered with %d embeddings, not %d"
                            .formatted(response.getEmbeddingsCount(), expected),
                    null);
        }
        List<float[]> vectors = new ArrayList<>(expected);
        for (Embedding embedding : response.getEmbeddingsList()) {
            float[] vector = new float[embedding.getValuesCount()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = embedding.getValues(i);
            }
            vectors.add(vector);
        }
        return new Embeddings(response.getModel() + "@" + response.getRevision(), vectors);
    }
}
