package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static quintet.ingest.Eventually.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySource;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quintet.ingest.IngestTestResource;
import quintet.ingest.LoopbackPublisher;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.v1.Chunk;
import quintet.ingest.v1.ChunksCreated;
import quintet.retrieve.v1.VectorsMissing;

/** Updates over real HTTP, with a real database; what the other services would say comes through channels in memory. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class DocumentUpdateIT {
    private static final String DOCUMENT = "/v1/collections/updates/documents/{id}";
    private static final int SECTIONS = 150;

    @Inject
    LoopbackPublisher broker;

    @Inject
    IngestPipeline pipeline;

    @Inject
    @Connector(InMemoryConnector.CONNECTOR)
    InMemoryConnector channels;

    /** The documents of these tests say the same. */
    @BeforeEach
    void embedEqualDocuments() {
        given().contentType(ContentType.JSON)
                .body("{\"deduplication\":{\"exact\":false}}")
                .put("/v1/collections/updates")
                .then()
                .statusCode(lessThan(300));
    }

    @Test
    void anUpdateSaysHowManyChunksItReuses() {
        ready("one", text(-1), "Handbook", 1);
        assertThat(chunksReused("one")).isZero();
        List<ChunksCreated> parts = put("one", text(70), "Handbook", 2);
        int chunks = parts.getFirst().getChunkCount();
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(changed(parts))
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.getText()).contains("An amendment."));
        assertThat(chunksReused("one")).isEqualTo(chunks - 1);
        pipeline.indexed(DocumentRef.of("updates", "one", 2), chunks, Instant.now());
        given().contentType(ContentType.JSON)
                .body(Map.of("text", text(70), "title", "Handbook"))
                .put(DOCUMENT, "one")
                .then()
                .statusCode(200)
                .body("unchanged", equalTo(true))
                .body("state", equalTo("READY"))
                .body("chunksReused", equalTo(chunks - 1));
    }

    @Test
    void metadataAloneChangesNoChunkAndATitleChangesAll() {
        ready("meta", text(-1), "Handbook", 1);
        List<ChunksCreated> other = put("meta", text(-1), "Handbook", 2, Map.of("year", "2025"));
        assertThat(changed(other)).isEmpty();
        pipeline.indexed(DocumentRef.of("updates", "meta", 2), other.getFirst().getChunkCount(), Instant.now());
        List<ChunksCreated> renamed = put("meta", text(-1), "Staff handbook", 3);
        assertThat(changed(renamed)).hasSize(renamed.getFirst().getChunkCount());
        assertThat(chunksReused("meta")).isZero();
    }

    @Test
    void aPartWhoseVectorsAreMissingIsEmbeddedAsAWhole() {
        ready("lost", text(-1), "Handbook", 1);
        List<ChunksCreated> parts = put("lost", text(70), "Handbook", 2);
        int before = chunksReused("lost");
        long unchangedOfPart = parts.getFirst().getChunksList().stream()
                .filter(Chunk::getUnchanged)
                .count();
        InMemorySource<byte[]> missing = channels.source("vectors-missing");
        VectorsMissing event = VectorsMissing.newBuilder()
                .setCollection("updates")
                .setDocumentId("lost")
                .setVersion(2)
                .setPart(0)
                .setMissingCount(1)
                .build();
        missing.send(event.toByteArray());
        await(() -> parts("lost", 2).size() == parts.size() + 1);
        ChunksCreated again = parts("lost", 2).getLast();
        assertThat(again.getPart()).isZero();
        assertThat(again.getChunksList()).extracting(Chunk::getUnchanged).containsOnly(false);
        assertThat(again.getChunksList())
                .extracting(Chunk::getText)
                .isEqualTo(parts.getFirst().getChunksList().stream()
                        .map(Chunk::getText)
                        .toList());
        assertThat(chunksReused("lost"))
                .isEqualTo(before - (int) unchangedOfPart)
                .isPositive();
    }

    private void ready(String id, String text, String title, long version) {
        List<ChunksCreated> parts = put(id, text, title, version);
        assertThat(changed(parts)).hasSize(parts.getFirst().getChunkCount());
        pipeline.indexed(
                DocumentRef.of("updates", id, version), parts.getFirst().getChunkCount(), Instant.now());
    }

    private List<ChunksCreated> put(String id, String text, String title, long version) {
        return put(id, text, title, version, Map.of());
    }

    private List<ChunksCreated> put(String id, String text, String title, long version, Map<String, String> metadata) {
        given().contentType(ContentType.JSON)
                .body(Map.of("text", text, "title", title, "metadata", metadata))
                .put(DOCUMENT, id)
                .then()
                .statusCode(202);
        await(() -> {
            List<ChunksCreated> parts = parts(id, version);
            return !parts.isEmpty() && parts.size() == parts.getFirst().getPartCount();
        });
        return parts(id, version);
    }

    private List<ChunksCreated> parts(String id, long version) {
        return broker.chunksOf(id).stream()
                .filter(part -> part.getVersion() == version)
                .toList();
    }

    private static List<Chunk> changed(List<ChunksCreated> parts) {
        return parts.stream()
                .flatMap(part -> part.getChunksList().stream())
                .filter(chunk -> !chunk.getUnchanged())
                .toList();
    }

    private static int chunksReused(String id) {
        return given().get(DOCUMENT, id).jsonPath().getInt("chunksReused");
    }

    /** Sections of about the size of a chunk; one of them may have a sentence more. */
    private static String text(int amended) {
        return IntStream.range(0, SECTIONS)
                .mapToObj(i -> "Rule %d says what to do on day %d of the year. "
                                .formatted(i, i)
                                .repeat(10)
                        + (i == amended ? "An amendment." : ""))
                .collect(Collectors.joining("\n\n"));
    }
}
