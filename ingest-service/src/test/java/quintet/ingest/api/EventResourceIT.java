package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quintet.ingest.IngestTestResource;
import quintet.ingest.LoopbackPublisher;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.v1.DocumentStateChanged;

/** State changes over real HTTP, with a real database. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class EventResourceIT {
    @Inject
    IngestPipeline pipeline;

    @Inject
    LoopbackPublisher broker;

    /** One event of a stream; comments are events without a name. */
    private record Event(String name, String id, String data) {}

    private static final class EventStream implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final Iterator<String> lines;
        private final Stream<String> body;

        EventStream(String collection, String lastEventId) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                            "http://127.0.0.1:%d/v1/collections/%s/events".formatted(RestAssured.port, collection)))
                    .timeout(Duration.ofSeconds(20));
            if (!lastEventId.isEmpty()) {
                request.header("Last-Event-ID", lastEventId);
            }
            HttpResponse<Stream<String>> response = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
            // The place of a stream that was closed before is free with its next heartbeat.
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (response.statusCode() == 429 && System.nanoTime() < deadline) {
                response.body().close();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                response = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
            }
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            body = response.body();
            lines = body.iterator();
        }

        Event next() {
            String name = "";
            String id = "";
            String data = "";
            while (lines.hasNext()) {
                String line = lines.next();
                if (line.isEmpty()) {
                    return new Event(name, id, data);
                }
                String value = line.substring(line.indexOf(':') + 1).strip();
                if (line.startsWith("event:")) {
                    name = value;
                } else if (line.startsWith("id:")) {
                    id = value;
                } else if (line.startsWith("data:")) {
                    data = value;
                } else if (line.startsWith(":")) {
                    data = value;
                }
            }
            throw new IllegalStateException("the stream has ended");
        }

        Event nextState() {
            Event event = next();
            while (event.name().isEmpty()) {
                event = next();
            }
            return event;
        }

        @Override
        public void close() {
            client.shutdownNow();
            body.close();
        }
    }

    private static void put(String collection, String id) {
        given().contentType(ContentType.JSON)
                .body("{\"text\":\"Employees have 25 days of leave a year.\"}")
                .put("/v1/collections/{c}/documents/{id}", collection, id)
                .then()
                .statusCode(202);
    }

    @Test
    void streamsEveryStateAndResumes() throws Exception {
        List<Event> seen = new ArrayList<>();
        try (EventStream stream = new EventStream("stream", "")) {
            assertThat(stream.next().name()).isEqualTo("open");
            put("stream", "a");
            put("other-stream", "z");
            for (int i = 0; i < 3; i++) {
                seen.add(stream.nextState());
            }
            pipeline.indexed(DocumentRef.of("stream", "a", 1), 1, Instant.now());
            for (int i = 0; i < 3; i++) {
                seen.add(stream.nextState());
            }
            assertThat(stream.next()).isEqualTo(new Event("", "", "heartbeat"));
        }
        assertThat(seen).extracting(Event::name).containsOnly("state");
        assertThat(seen)
                .extracting(event -> event.data().replaceAll(".*\"state\":\"(\\w+)\".*", "$1"))
                .containsExactly("RECEIVED", "PARSED", "CHUNKED", "EMBEDDED", "INDEXED", "READY");
        assertThat(seen.getLast().data())
                .contains("\"documentId\":\"a\"", "\"version\":1", "\"chunkCount\":1", "\"failure\":null");
        try (EventStream stream = new EventStream("stream", seen.get(3).id())) {
            assertThat(stream.next().name()).isEqualTo("open");
            assertThat(List.of(stream.nextState(), stream.nextState())).isEqualTo(seen.subList(4, 6));
        }
        assertThat(published("stream"))
                .containsExactly("RECEIVED", "PARSED", "CHUNKED", "EMBEDDED", "INDEXED", "READY");
    }

    private List<String> published(String collection) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            List<String> states = new ArrayList<>();
            for (var entry : broker.published()) {
                if (entry.routingKey().equals("ingest.document-state-changed.v1")) {
                    DocumentStateChanged event =
                            DocumentStateChanged.parseFrom(entry.payload().bytes());
                    if (event.getCollection().equals(collection)) {
                        states.add(event.getState());
                    }
                }
            }
            if (states.contains("READY") || System.nanoTime() > deadline) {
                return states;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void refusesWhatIsNoEventAndOneStreamTooMany() throws Exception {
        given().header("Last-Event-ID", "x; drop table")
                .get("/v1/collections/stream/events")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("reason", equalTo("INVALID_LAST_EVENT_ID"));
        given().get("/v1/collections/NO!/events").then().statusCode(400).body("reason", equalTo("INVALID_COLLECTION"));
        try (EventStream first = new EventStream("full", "");
                EventStream second = new EventStream("full", "");
                EventStream third = new EventStream("full", "")) {
            assertThat(List.of(
                            first.next().name(),
                            second.next().name(),
                            third.next().name()))
                    .containsOnly("open");
            given().get("/v1/collections/full/events")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "5")
                    .body("reason", equalTo("OVERLOADED"));
        }
        try (EventStream again = new EventStream("full", "")) {
            assertThat(again.next().name()).isEqualTo("open");
        }
    }
}
