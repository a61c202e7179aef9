package quintet.bench.gateway;

import com.google.protobuf.MessageLite;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quintet.rerank.v1.RankedCandidate;
import quintet.rerank.v1.RerankResponse;
import quintet.retrieve.v1.Hit;
import quintet.retrieve.v1.SearchResponse;

/**
 * Search and re-ranking that answer every call with the same passages, at once: what is measured is what comes after them. Unary gRPC
 * is a length-prefixed message in an HTTP/2 response with a trailer, no more.
 */
final class CannedServices {
    private static final int PASSAGES = 6;
    private static final String SENTENCE =
            "Employees may hand in an invoice for each month, and the amount is paid out with the salary of the next one. ";

    private static final Map<String, MessageLite> REPLIES = Map.of(
            "/quintet.retrieve.v1.RetrieveService/Search", hits(), "/quintet.rerank.v1.RerankService/Rerank", ranks());

    private CannedServices() {}

    /** Starts them; returns their port. */
    static int start(Vertx vertx) {
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    var _ = request.body().onSuccess(_ -> reply(request));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join()
                .actualPort();
    }

    /** Returns the text of all passages: a prompt of the size that generate-service sends. */
    static String passages() {
        return passage().repeat(PASSAGES);
    }

    private static String passage() {
        return SENTENCE.repeat(10);
    }

    private static void reply(HttpServerRequest request) {
        MessageLite reply = REPLIES.get(request.path());
        var response = request.response().putHeader("content-type", "application/grpc");
        if (reply == null) {
            response.putTrailer("grpc-status", "12");
        } else {
            byte[] bytes = reply.toByteArray();
            response.putTrailer("grpc-status", "0");
            var _ = response.write(
                    Buffer.buffer().appendByte((byte) 0).appendInt(bytes.length).appendBytes(bytes));
        }
        var _ = response.end();
    }

    private static SearchResponse hits() {
        SearchResponse.Builder response = SearchResponse.newBuilder();
        for (int i = 0; i < PASSAGES; i++) {
            response.addHits(Hit.newBuilder()
                    .setChunkId("chunk-" + i)
                    .setDocumentId("document-" + i)
                    .setFilename("handbook-" + i + ".pdf")
                    .setPage(i + 1)
                    .setPageEnd(i + 1)
                    .addAllSectionPath(List.of("Benefits"))
                    .setEnd(passage().length())
                    .setText(passage())
                    .setScore(1f - i / 10f)
                    .setTokenCount(250));
        }
        return response.build();
    }

    private static RerankResponse ranks() {
        RerankResponse.Builder response = RerankResponse.newBuilder();
        for (int i = 0; i < PASSAGES; i++) {
            response.addResults(RankedCandidate.newBuilder()
                    .setIndex(i)
                    .setScore(1f - i / 10f)
                    .setRelevance(1f - i / 10f));
        }
        return response.build();
    }
}
