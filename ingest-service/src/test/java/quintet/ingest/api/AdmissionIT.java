package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static quintet.ingest.Eventually.await;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quintet.ingest.IngestTestResource;
import quintet.ingest.v1.IngestServiceGrpc;
import quintet.ingest.v1.PutDocumentRequest;

/** Both edges while there is no room: the disk is asked for more than any has. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
@TestProfile(AdmissionIT.FullDisk.class)
class AdmissionIT {
    /** More free space is asked for than there is. */
    public static final class FullDisk implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quintet.ingest.admission.min-free-disk", "9999999G");
        }
    }

    @Test
    void refusesUploadsAndNothingElse() {
        await(() -> put().statusCode() == 429);
        Response refused = put();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.jsonPath().getString("reason")).isEqualTo("INSUFFICIENT_STORAGE");
        assertThat(refused.header("Retry-After")).isEqualTo("60");

        StatusRuntimeException overGrpc = catchThrowableOfType(StatusRuntimeException.class, AdmissionIT::putOverGrpc);
        assertThat(overGrpc.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);

        given().get("/v1/collections/none/documents/a").then().statusCode(404);
    }

    private static Response put() {
        return given().contentType(ContentType.JSON)
                .body("{\"text\":\"one more\"}")
                .put("/v1/collections/full/documents/a");
    }

    private static void putOverGrpc() {
        ManagedChannel channel = ManagedChannelBuilder.forAddress("127.0.0.1", RestAssured.port)
                .usePlaintext()
                .build();
        try {
            var _ = IngestServiceGrpc.newBlockingStub(channel)
                    .putDocument(PutDocumentRequest.newBuilder()
                            .setCollection("full")
                            .setDocumentId("b")
                            .setContent(ByteString.copyFromUtf8("one more"))
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }
}
