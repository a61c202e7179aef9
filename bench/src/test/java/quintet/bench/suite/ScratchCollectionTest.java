package quintet.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.bench.data.RetrievalSet;
import quintet.bench.report.Progress;

class ScratchCollectionTest {
    private final FakeSuite fake = new FakeSuite();
    private final SuiteClient client = new SuiteClient(fake.url());
    private final ScratchCollection collection = new ScratchCollection(
            client,
            new Progress(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false),
            "test");
    private final String documents = "/v1/collections/" + collection.name() + "/documents";

    @TempDir
    private Path folder;

    ScratchCollectionTest() throws IOException {}

    @AfterEach
    void close() {
        client.close();
        fake.close();
    }

    @Test
    void sendsFilesAsOneFormAndWaitsUntilAllAreReady() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "hello");
        fake.on("POST " + documents, 202, "{\"documents\": [{\"id\": \"x\"}], \"rejected\": []}")
                .on("GET " + documents + "?limit=1", 200, "{\"counts\": {\"PARSED\": 1}}")
                .on("GET " + documents + "?limit=1", 200, "{\"counts\": {\"READY\": 1}}");

        collection.ingest(List.of(file));

        assertThat(fake.requests().getFirst())
                .contains(
                        "form-data; name=\"file\"; filename=\"a.txt\"",
                        "Content-Type: text/plain",
                        "\r\n\r\nhello\r\n--");
        assertThat(fake.requests()).hasSize(3);
    }

    @Test
    void sendsTextsUnderTheirPositions() {
        fake.on("PUT " + documents + "/d0", 202, "{}")
                .on("PUT " + documents + "/d1", 202, "{}")
                .on("GET " + documents + "?limit=1", 200, "{\"counts\": {\"READY\": 2}}");

        collection.ingestTexts(
                List.of(new RetrievalSet.Text("https://a", "One", "first"), new RetrievalSet.Text("b", "", "second")));

        assertThat(fake.requests())
                .contains(
                        "PUT " + documents + "/d0 {\"text\":\"first\",\"title\":\"One\"}",
                        "PUT " + documents + "/d1 {\"text\":\"second\"}");
        assertThat(ScratchCollection.position("d17")).isEqualTo(17);
    }

    @Test
    void countsWhatIsNotAtItsEnd() {
        fake.on("GET " + documents + "?limit=1", 200, """
                {"counts": {"RECEIVED": 5, "CHUNKED": 2, "READY": 40, "FAILED": 1}}""");

        assertThat(collection.unfinished()).isEqualTo(7);
    }

    @Test
    void timesOneDocumentUntilItIsReady() {
        fake.on("PUT", 202, "{}").on("GET", 200, "{\"state\": \"CHUNKED\"}").on("GET", 200, "{\"state\": \"READY\"}");

        assertThat(collection.timeOfOne("hello")).isPositive();
        assertThat(fake.requests()).hasSize(3);
        assertThat(fake.requests().getFirst()).contains("PUT " + documents + "/one-", "hello");
    }

    @Test
    void saysWhyADocumentFailed() {
        fake.on("PUT " + documents + "/d0", 202, "{}")
                .on("GET " + documents + "?limit=1", 200, "{\"counts\": {\"FAILED\": 1}}")
                .on("GET " + documents + "?state=FAILED&limit=1", 200, """
                        {"documents": [{"id": "d0", "failure": {"message": "no text in it"}}]}""");

        assertThatThrownBy(() -> collection.ingestTexts(List.of(new RetrievalSet.Text("a", "", "x"))))
                .isInstanceOf(SuiteException.class)
                .hasMessage("1 documents failed, the first, d0, because: no text in it");
    }

    @Test
    void tellsWhenTheLastDocumentCameIntoEachState() {
        fake.on("GET " + documents + "?limit=1000", 200, """
                {"documents": [
                  {"chunkCount": 3, "times": {"RECEIVED": "2026-01-01T00:00:00Z", "READY": "2026-01-01T00:00:05Z"}},
                  {"chunkCount": 4, "times": {"RECEIVED": "2026-01-01T00:00:01Z", "READY": "2026-01-01T00:00:03Z"}}]}""");

        assertThat(collection.lastOfEachState())
                .isEqualTo(Map.of("RECEIVED", Duration.ofSeconds(1), "READY", Duration.ofSeconds(5)));
        assertThat(collection.passages()).isEqualTo(7);
    }

    @Test
    void deletesItsDocumentsPageByPageEvenWhenInterrupted() {
        fake.on("GET " + documents + "?limit=1000", 200, "{\"documents\": [{\"id\": \"d0\"}], \"nextCursor\": \"n\"}")
                .on(
                        "GET " + documents + "?limit=1000&cursor=n",
                        200,
                        "{\"documents\": [{\"id\": \"d1\"}], \"nextCursor\": null}")
                .on("DELETE " + documents + "/d0", 202, "{}")
                .on("DELETE " + documents + "/d1", 202, "{}");

        Thread.currentThread().interrupt();
        collection.close();

        assertThat(Thread.interrupted()).as("the interruption is kept").isTrue();
        assertThat(fake.requests()).contains("DELETE " + documents + "/d0 ", "DELETE " + documents + "/d1 ");
    }
}
