package quintet.ingest.adapter.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quintet.embed.v1.EmbedServiceGrpc;
import quintet.embed.v1.GetModelRequest;
import quintet.embed.v1.GetModelResponse;
import quintet.failure.Failure;
import quintet.ingest.TestConfigs;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.DocumentKey;
import quintet.ingest.model.VectorModel;
import quintet.ingest.port.IndexVectors.Found;
import quintet.retrieve.v1.Collection;
import quintet.retrieve.v1.GetVectorsRequest;
import quintet.retrieve.v1.GetVectorsResponse;
import quintet.retrieve.v1.ListCollectionsRequest;
import quintet.retrieve.v1.ListCollectionsResponse;
import quintet.retrieve.v1.PassageVector;
import quintet.retrieve.v1.RetrieveServiceGrpc;

/** What neighbours say of vectors and their model, over real gRPC. */
class GrpcIndexVectorsTest {
    private static final VectorModel MODEL = new VectorModel("model", "0123456789ab", 1);
    private static final DocumentKey KEY = new DocumentKey("full", "doc");
    private static final byte[] ONE =
            ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(-1).array();

    private final Server server;
    private final ManagedChannel channel;

    GrpcIndexVectorsTest() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Retrieve())
                .addService(new Embed())
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void namesTheModelOfACollectionThatHasPassages() {
        assertThat(vectors().model("full")).contains(MODEL);
        assertThat(vectors().model("emptied")).as("free for another model").isEmpty();
        assertThat(vectors().model("nowhere")).isEmpty();
    }

    @Test
    void findsVectorsByTheIdsOfTheirChunks() {
        UUID keyed = new UUID(1, 2);
        UUID unkeyed = new UUID(3, 4);
        Found found = vectors().find(KEY, List.of(keyed, unkeyed));
        assertThat(found)
                .isEqualTo(new Found(
                        7,
                        Optional.of(MODEL),
                        Map.of(keyed, new ChunkVector(ONE, "0a".repeat(32)), unkeyed, new ChunkVector(ONE, null))));
    }

    @Test
    void namesTheModelThatIsEmbeddedWith() {
        EmbedConfig config = TestConfigs.of(EmbedConfig.class, Map.of());
        assertThat(new GrpcCurrentModel(EmbedServiceGrpc.newBlockingStub(channel), config).get())
                .isEqualTo(MODEL);
        server.shutdownNow();
        assertThatThrownBy(() -> new GrpcCurrentModel(EmbedServiceGrpc.newBlockingStub(channel), config).get())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("EMBEDDING_UNAVAILABLE"));
    }

    @Test
    void anOutageIsNoEmptyIndex() {
        server.shutdownNow();
        assertThatThrownBy(() -> vectors().find(KEY, List.of(new UUID(1, 2))))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("INDEX_UNAVAILABLE"));
    }

    private GrpcIndexVectors vectors() {
        return new GrpcIndexVectors(
                RetrieveServiceGrpc.newBlockingStub(channel), TestConfigs.of(IndexConfig.class, Map.of()));
    }

    private static final class Embed extends EmbedServiceGrpc.EmbedServiceImplBase {
        @Override
        public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> reply) {
            reply.onNext(GetModelResponse.newBuilder()
                    .setModel(MODEL.name())
                    .setRevision(MODEL.revision())
                    .setDimension(MODEL.dimension())
                    .build());
            reply.onCompleted();
        }
    }

    private static final class Retrieve extends RetrieveServiceGrpc.RetrieveServiceImplBase {
        @Override
        public void listCollections(ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> reply) {
            Collection.Builder collection = Collection.newBuilder()
                    .setModel(MODEL.name())
                    .setRevision(MODEL.revision())
                    .setDimension(MODEL.dimension());
            reply.onNext(ListCollectionsResponse.newBuilder()
                    .addCollections(collection.clone().setName("emptied").setGeneration("emptied"))
                    .addCollections(collection
                            .clone()
                            .setName("full")
                            .setGeneration("full")
                            .setPassageCount(2))
                    .build());
            reply.onCompleted();
        }

        @Override
        public void getVectors(GetVectorsRequest request, StreamObserver<GetVectorsResponse> reply) {
            byte[] key = new byte[32];
            Arrays.fill(key, (byte) 10);
            reply.onNext(GetVectorsResponse.newBuilder()
                    .setVersion(7)
                    .setModel(MODEL.name())
                    .setRevision(MODEL.revision())
                    .setDimension(MODEL.dimension())
                    .addVectors(PassageVector.newBuilder()
                            .setChunkId(request.getChunkIds(0))
                            .setVector(ByteString.copyFrom(ONE))
                            .setVectorKey(ByteString.copyFrom(key)))
                    .addVectors(PassageVector.newBuilder()
                            .setChunkId(request.getChunkIds(1))
                            .setVector(ByteString.copyFrom(ONE)))
                    .build());
            reply.onCompleted();
        }
    }
}
