package quintet.ingest;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import quintet.retrieve.v1.GetDocumentStatusRequest;
import quintet.retrieve.v1.GetDocumentStatusResponse;
import quintet.retrieve.v1.RetrieveServiceGrpc;

/** A retrieve-service on a port of its own that knows what a test tells it; or hangs. */
public final class FakeRetrieveService extends RetrieveServiceGrpc.RetrieveServiceImplBase implements AutoCloseable {
    public static final Map<String, GetDocumentStatusResponse> DOCUMENTS = new ConcurrentHashMap<>();
    public static volatile boolean hangs;

    private final Server server;

    FakeRetrieveService() {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(this)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void getDocumentStatus(GetDocumentStatusRequest request, StreamObserver<GetDocumentStatusResponse> reply) {
        if (hangs) {
            return;
        }
        reply.onNext(DOCUMENTS.getOrDefault(
                request.getCollection() + "/" + request.getDocumentId(),
                GetDocumentStatusResponse.getDefaultInstance()));
        reply.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
