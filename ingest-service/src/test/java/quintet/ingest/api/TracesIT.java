package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.ingest.FakeRetrieveService;
import quintet.ingest.IngestTestResource;

/** Every request has its trace, whatever the requests before it did on the same threads. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class TracesIT {
    private static final String DOCUMENT = "/v1/collections/traces/documents/{id}";

    @Test
    void aCallToTheIndexTakesNoTraceFromLaterRequests() {
        assertThat(traces("before")).doesNotContain("null");
        given().delete(DOCUMENT, "before0").then().statusCode(202);
        given().get(DOCUMENT + "/receipt", "before0").then().statusCode(200);
        assertThat(traces("answered")).doesNotContain("null");
        FakeRetrieveService.hangs = true;
        try {
            given().get(DOCUMENT + "/receipt", "before0").then().statusCode(200);
        } finally {
            FakeRetrieveService.hangs = false;
        }
        assertThat(traces("late")).doesNotContain("null");
    }

    private static List<String> traces(String id) {
        return IntStream.range(0, 8)
                .mapToObj(i -> given().contentType(ContentType.JSON)
                        .body("{\"text\":\"The text of %s %d.\"}".formatted(id, i))
                        .put(DOCUMENT, id + i)
                        .jsonPath()
                        .getString("traceId"))
                .map(Objects::toString)
                .toList();
    }
}
