package quintet.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import quintet.ingest.IngestTestResource;
import quintet.ingest.v1.DeleteDocumentRequest;
import quintet.ingest.v1.DocumentState;
import quintet.ingest.v1.GetDocumentRequest;
import quintet.ingest.v1.IngestServiceGrpc;
import quintet.ingest.v1.ListDocumentsRequest;
import quintet.ingest.v1.PutDocumentRequest;
import quintet.ingest.v1.PutDocumentResponse;

/** The gRPC edge over a real channel, with a real database. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class IngestGrpcServiceIT {
    private ManagedChannel channel;
    private IngestServiceGrpc.IngestServiceBlockingStub client;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", RestAssured.port)
                .usePlaintext()
                .build();
        client = IngestServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void storesListsAndDeletes() throws Exception {
        PutDocumentResponse stored = client.putDocument(put("grpc", "a", "some words"));
        assertThat(stored.getDocument().getVersion()).isEqualTo(1);
        assertThat(stored.getDocument().getState()).isEqualTo(DocumentState.DOCUMENT_STATE_RECEIVED);
        assertThat(client.putDocument(put("grpc", "", "other words"))
                        .getDocument()
                        .getDocumentId())
                .startsWith("a.txt-");
        assertThat(client.listDocuments(ListDocumentsRequest.newBuilder()
                                .setCollection("grpc")
                                .setLimit(1)
                                .build())
                        .getNextCursor())
                .isNotEmpty();
        assertThat(client.deleteDocument(DeleteDocumentRequest.newBuilder()
                                .setCollection("grpc")
                                .setDocumentId("a")
                                .build())
                        .getDocument()
                        .getState())
                .isEqualTo(DocumentState.DOCUMENT_STATE_DELETED);
    }

    @RepeatedTest(20)
    void namesTheReasonOfARefusal() throws Exception {
        refused(
                () -> client.putDocument(put("Bad Name", "a", "x")),
                Status.Code.INVALID_ARGUMENT,
                "INVALID_COLLECTION");
        refused(() -> client.putDocument(put("grpc", "a", "")), Status.Code.INVALID_ARGUMENT, "EMPTY_FILE");
        refused(
                () -> client.putDocument(put("grpc", "a", "x".repeat(1_048_577))),
                Status.Code.INVALID_ARGUMENT,
                "FILE_TOO_LARGE");
        refused(
                () -> client.getDocument(GetDocumentRequest.newBuilder()
                        .setCollection("grpc")
                        .setDocumentId("nowhere")
                        .build()),
                Status.Code.NOT_FOUND,
                "DOCUMENT_NOT_FOUND");
        refused(
                () -> client.listDocuments(ListDocumentsRequest.newBuilder()
                        .setCollection("grpc")
                        .setStateValue(99)
                        .build()),
                Status.Code.INVALID_ARGUMENT,
                "INVALID_STATE");
    }

    private static PutDocumentRequest put(String collection, String id, String text) {
        return PutDocumentRequest.newBuilder()
                .setCollection(collection)
                .setDocumentId(id)
                .setFilename("a.txt")
                .setContent(ByteString.copyFromUtf8(text))
                .build();
    }

    private static void refused(Executable call, Status.Code code, String reason) throws Exception {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call::execute);
        assertThat(refusal.getStatus().getCode()).as(refusal.toString()).isEqualTo(code);
        assertThat(StatusProto.fromThrowable(refusal)
                        .getDetails(0)
                        .unpack(ErrorInfo.class)
                        .getReason())
                .isEqualTo(reason);
    }
}
