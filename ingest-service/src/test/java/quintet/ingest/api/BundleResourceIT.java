package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static quintet.ingest.Eventually.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quintet.embed.v1.ChunksEmbedded;
import quintet.ingest.FakeVectors;
import quintet.ingest.IngestTestResource;
import quintet.ingest.LoopbackPublisher;
import quintet.ingest.model.ChunkVector;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.OutboxEntry;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.model.VectorModel;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.pipeline.bundle.ImportPipeline;
import quintet.ingest.v1.Chunk;
import quintet.ingest.v1.ChunksCreated;

/** Bundles over real HTTP, with a real database; the index is what a test says. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class BundleResourceIT {
    private static final String DOCUMENT = "/v1/collections/{collection}/documents/{id}";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    LoopbackPublisher broker;

    @Inject
    IngestPipeline pipeline;

    @Inject
    ImportPipeline imports;

    @Inject
    FakeVectors vectors;

    @AfterEach
    void embedAsBefore() {
        vectors.setCurrent(FakeVectors.MODEL);
    }

    @Test
    void takesACollectionElsewhereWithoutEmbeddingAgain() throws Exception {
        settings("bundle-source", "{\"chunking\":{\"strategy\":\"sentence-window\",\"windowSentences\":1}}");
        ready("bundle-source", "bundle-long", text(60), "Handbook");
        ready("bundle-source", "bundle-short", "One sentence only.", "Note");
        List<ChunksCreated> made = broker.chunksOf("bundle-long");

        byte[] bundle = export("bundle-source");
        JsonNode done = load("bundle-elsewhere", bundle);

        assertThat(done.path("imported").asInt()).isEqualTo(2);
        assertThat(done.path("total").asInt()).isEqualTo(2);
        assertThat(done.path("chunks").asInt()).isEqualTo(made.getFirst().getChunkCount() + 1);
        List<ChunksEmbedded> parts = embedded("bundle-elsewhere", "bundle-long", 1);
        assertThat(parts).hasSameSizeAs(made).hasSizeGreaterThan(1);
        for (int i = 0; i < parts.size(); i++) {
            assertSameButForIds(parts.get(i).getPart(), made.get(i));
            assertVectors(parts.get(i), made.get(i));
        }
        assertThat(broker.chunksOf("bundle-long"))
                .as("nothing more is embedded")
                .hasSameSizeAs(made);
        state("bundle-elsewhere", "bundle-long", "CHUNKED");
        given().get("/v1/collections/bundle-elsewhere")
                .then()
                .body("settings.chunking.strategy", equalTo("sentence-window"))
                .body("settings.chunking.windowSentences", equalTo(1));
        indexed("bundle-elsewhere", "bundle-long", 1, parts.getFirst().getPart().getChunkCount());
        state("bundle-elsewhere", "bundle-long", "READY");
        given().get(DOCUMENT + "/content", "bundle-elsewhere", "bundle-long")
                .then()
                .statusCode(200)
                .body(equalTo(text(60)));
    }

    @Test
    void importingAgainChangesNothing() throws Exception {
        ready("bundle-again", "a", "The first of two documents.", "A");
        ready("bundle-again", "b", "The second of two documents.", "B");
        byte[] bundle = export("bundle-again");
        load("bundle-again2", bundle);
        indexed("bundle-again2", "a", 1, 1);

        JsonNode second = load("bundle-again2", bundle);

        assertThat(second.path("imported").asInt()).isZero();
        assertThat(second.path("unchanged").asInt()).as("READY or on its way").isEqualTo(2);
        assertThat(load("bundle-again", bundle).path("unchanged").asInt())
                .as("where it came from")
                .isEqualTo(2);
        for (String collection : List.of("bundle-again", "bundle-again2")) {
            for (String id : List.of("a", "b")) {
                given().get(DOCUMENT, collection, id).then().body("version", equalTo(1));
            }
        }
    }

    @Test
    void replacesOtherContentAndBringsBackWhatWasDeleted() throws Exception {
        ready("bundle-origin", "kept", "What the bundle says.", "Kept");
        ready("bundle-origin", "bundle-gone", "What comes back.", "Gone");
        byte[] bundle = export("bundle-origin");
        ready("bundle-target", "kept", "What was here before.", "Kept");
        ready("bundle-target", "bundle-gone", "What comes back.", "Gone");
        given().delete(DOCUMENT, "bundle-target", "bundle-gone").then().statusCode(202);

        assertThat(load("bundle-target", bundle).path("imported").asInt()).isEqualTo(2);

        assertThat(embedded("bundle-target", "kept", 2))
                .singleElement()
                .satisfies(part ->
                        assertThat(part.getPart().getChunks(0).getText()).isEqualTo("What the bundle says."));
        assertThat(embedded("bundle-target", "bundle-gone", 3)).hasSize(1);
    }

    @Test
    void anUpdateAfterAnImportEmbedsOnlyWhatChanged() throws Exception {
        ready("bundle-before", "bundle-rules", rules(-1), "Rules");
        load("bundle-after", export("bundle-before"));
        int chunks =
                embedded("bundle-after", "bundle-rules", 1).getFirst().getPart().getChunkCount();
        indexed("bundle-after", "bundle-rules", 1, chunks);

        put("bundle-after", "bundle-rules", rules(-1), "Rules", 200);
        put("bundle-after", "bundle-rules", rules(40), "Rules", 202);

        await(() -> {
            List<ChunksCreated> parts = created("bundle-after", "bundle-rules", 2);
            return !parts.isEmpty() && parts.size() == parts.getFirst().getPartCount();
        });
        List<Chunk> changed = created("bundle-after", "bundle-rules", 2).stream()
                .flatMap(part -> part.getChunksList().stream())
                .filter(chunk -> !chunk.getUnchanged())
                .toList();
        assertThat(chunks).isGreaterThan(20);
        assertThat(changed)
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.getText()).contains("An amendment."));
    }

    @Test
    void takesAliasesAlong() throws Exception {
        ready("bundle-twins", "bundle-first", "Twins say the same.", "T");
        put("bundle-twins", "bundle-second", "Twins say the same.", "T", 202);
        await(() -> "READY".equals(state("bundle-twins", "bundle-second")));
        byte[] bundle = export("bundle-twins");
        assertThat(end(bundle).path("aliases").asInt()).isOne();
        assertThat(end(bundle).path("originals").asInt())
                .as("the same bytes once")
                .isOne();

        JsonNode done = load("bundle-twins2", bundle);

        assertThat(done.path("imported").asInt()).isEqualTo(2);
        state("bundle-twins2", "bundle-second", "CHUNKED");
        indexed("bundle-twins2", "bundle-first", 1, 1);
        given().get(DOCUMENT, "bundle-twins2", "bundle-second")
                .then()
                .body("state", equalTo("READY"))
                .body("duplicateOf.documentId", equalTo("bundle-first"));
        given().delete(DOCUMENT, "bundle-twins2", "bundle-first").then().statusCode(202);
        await(() -> !created("bundle-twins2", "bundle-second", 2).isEmpty());
    }

    @Test
    void anAliasOfADocumentThatSaysSomethingElseHereIsLeftOut() throws Exception {
        ready("bundle-alike", "bundle-first", "Alike until one is changed.", "T");
        put("bundle-alike", "bundle-second", "Alike until one is changed.", "T", 202);
        await(() -> "READY".equals(state("bundle-alike", "bundle-second")));
        byte[] bundle = export("bundle-alike");
        load("bundle-alike2", bundle);
        indexed("bundle-alike2", "bundle-first", 1, 1);
        given().delete(DOCUMENT, "bundle-alike2", "bundle-second").then().statusCode(202);
        given().delete(DOCUMENT, "bundle-alike2", "bundle-first").then().statusCode(202);
        byte[] aliasOnly = edited(bundle, lines -> {
            List<String> kept = new ArrayList<>(List.of(lines.getFirst()));
            lines.stream().filter(line -> line.contains("\"alias\"")).forEach(kept::add);
            kept.add(lines.get(lines.size() - 2)
                    .replace("\"documents\":1", "\"documents\":0")
                    .replace("\"chunks\":1", "\"chunks\":0")
                    .replace("\"originals\":1", "\"originals\":0"));
            kept.add(lines.getLast());
            return kept;
        });

        JsonNode done = load("bundle-alike2", aliasOnly);

        assertThat(done.path("aliasesLeftOut").asInt()).isOne();
        assertThat(done.path("leftOut").path(0).asText()).isEqualTo("bundle-second");
        state("bundle-alike2", "bundle-second", "DELETED");
    }

    @Test
    void refusesAnotherModelBeforeAnythingIsWritten() throws Exception {
        ready("modelled", "a", "Vectors of one model.", "A");
        byte[] bundle = export("modelled");
        vectors.setCurrent(new VectorModel("other", "ba9876543210", 4));
        post("mismatched", bundle)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("reason", equalTo("MODEL_MISMATCH"))
                .body("detail", containsString("fake@0123456789ab"))
                .body("detail", containsString("embeds with other@ba9876543210"));
        vectors.setCurrent(FakeVectors.MODEL);
        vectors.setModel("mismatched", new VectorModel("old", "000000000000", 4));
        post("mismatched", bundle)
                .then()
                .statusCode(409)
                .body("reason", equalTo("MODEL_MISMATCH"))
                .body("detail", containsString("collection 'mismatched' has vectors of old@000000000000"));
        given().get("/v1/collections/mismatched").then().statusCode(404);
    }

    @Test
    void refusesDamagedAndForeignFilesBeforeAnythingIsWritten() throws Exception {
        ready("sound", "a", "The first document is whole.", "A");
        ready("sound", "b", "The second document is not.", "B");
        byte[] bundle = export("sound");
        byte[] tampered = gzip(String.join("\n", lines(bundle)).replace("is not.", "is bad.") + "\n");
        post("damaged", tampered).then().statusCode(400).body("reason", equalTo("BUNDLE_DAMAGED"));
        byte[] cut = Arrays.copyOf(bundle, bundle.length - 40);
        post("damaged", cut).then().statusCode(400).body("reason", equalTo("BUNDLE_DAMAGED"));
        post("damaged", "%PDF-1.7".getBytes(UTF_8)).then().statusCode(400).body("reason", equalTo("NOT_A_BUNDLE"));
        post("damaged", new byte[0]).then().statusCode(400).body("reason", equalTo("NOT_A_BUNDLE"));
        post("Not a name", bundle).then().statusCode(400).body("reason", equalTo("INVALID_COLLECTION"));
        byte[] largerThanOtherBodies = new byte[8 << 20];
        post("damaged", largerThanOtherBodies).then().statusCode(400).body("reason", equalTo("NOT_A_BUNDLE"));
        given().get("/v1/collections/damaged").then().statusCode(404);
    }

    @Test
    void anImportThatWasCutOffIsDoneAgain() throws Exception {
        ready("bundle-whole", "a", "Taken in by the first import.", "A");
        ready("bundle-whole", "b", "Taken in by the second import.", "B");
        byte[] bundle = export("bundle-whole");
        try (ImportPipeline.Import load = imports.receive("cutoff", new ByteArrayInputStream(bundle))) {
            assertThatThrownBy(() -> load.run(report -> {
                        if (report.done() == 1) {
                            throw new IOException("the client left");
                        }
                    }))
                    .hasMessage("the client left");
        }
        state("cutoff", "a", "CHUNKED");
        given().get(DOCUMENT, "cutoff", "b").then().statusCode(404);

        JsonNode done = load("cutoff", bundle);

        assertThat(done.path("unchanged").asInt()).isOne();
        assertThat(done.path("imported").asInt()).isOne();
        assertThat(embedded("cutoff", "a", 1)).hasSize(1);
        assertThat(embedded("cutoff", "b", 1)).hasSize(1);
    }

    @Test
    void oneImportAtATime() throws Exception {
        ready("bundle-single", "a", "One at a time, please.", "A");
        byte[] bundle = export("bundle-single");
        try (ImportPipeline.Import _ = imports.receive("bundle-single2", new ByteArrayInputStream(bundle))) {
            post("bundle-single2", new byte[8 << 20])
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "30")
                    .body("reason", equalTo("IMPORT_RUNNING"));
        }
        assertThat(load("bundle-single2", bundle).path("imported").asInt()).isOne();
    }

    @Test
    void leavesOutWhatSearchesDoNotFindAndSaysSo() throws Exception {
        ready("bundle-partly", "found", "Searches find this.", "A");
        put("bundle-partly", "failed", "Nobody finds this.", "B", 202);
        await(() -> !created("bundle-partly", "failed", 1).isEmpty());
        pipeline.failed(
                DocumentRef.of("bundle-partly", "failed", 1),
                new StageFailure(Stage.INDEX, "PARTS_CONTRADICT", "for a test"));
        put("bundle-partly", "bundle-waiting", "This is on its way.", "C", 202);
        await(() -> !created("bundle-partly", "bundle-waiting", 1).isEmpty());
        ready("bundle-partly", "bundle-lost", "The index has lost this.", "D");
        vectors.index(DocumentRef.of("bundle-partly", "bundle-lost", 7));

        JsonNode end = end(export("bundle-partly"));

        assertThat(end.path("documents").asInt()).isOne();
        assertThat(end.path("leftOut").path("count").asInt()).isEqualTo(3);
        Map<String, String> reasons = new HashMap<>();
        end.path("leftOut")
                .path("documents")
                .forEach(left -> reasons.put(
                        left.path("documentId").asText(), left.path("reason").asText()));
        assertThat(reasons)
                .isEqualTo(Map.of("failed", "FAILED", "bundle-waiting", "CHUNKED", "bundle-lost", "INDEX_INCOMPLETE"));
    }

    @Test
    void anExportThatBreaksOffSaysWhyAndIsNoBundle() throws Exception {
        ready("breaking", "a", "Nobody hands out its vectors.", "A");
        vectors.setUnreadable("breaking");
        byte[] broken = export("breaking");
        JsonNode last = JSON.readTree(lines(broken).getLast());
        assertThat(last.path("type").asText()).isEqualTo("failed");
        assertThat(last.path("reason").asText()).isEqualTo("INDEX_UNAVAILABLE");
        post("breaking2", broken)
                .then()
                .statusCode(400)
                .body("reason", equalTo("BUNDLE_DAMAGED"))
                .body("detail", containsString("its export failed, INDEX_UNAVAILABLE: unreadable for a test"));
    }

    @Test
    void exportsWithoutOriginalsAndWithoutDocuments() throws Exception {
        ready("slim", "a", "Without its original bytes.", "A");
        byte[] bundle = given().get("/v1/collections/slim/export?originals=false")
                .then()
                .statusCode(200)
                .contentType("application/gzip")
                .header("Content-Disposition", containsString("slim.jsonl.gz"))
                .extract()
                .asByteArray();
        assertThat(end(bundle).path("originals").asInt()).isZero();
        settings("empty", "{}");
        assertThat(load("empty2", export("empty")).path("total").asInt()).isZero();
        given().get("/v1/collections/empty2").then().statusCode(200);
        given().get("/v1/collections/nowhere/export")
                .then()
                .statusCode(404)
                .body("reason", equalTo("COLLECTION_NOT_FOUND"));
        given().get("/v1/collections/slim/export?originals=maybe")
                .then()
                .statusCode(400)
                .body("reason", equalTo("INVALID_FLAG"));
    }

    private byte[] export(String collection) {
        return given().get("/v1/collections/{collection}/export", collection)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    private static Response post(String collection, byte[] bundle) {
        return given().contentType("application/gzip")
                .body(bundle)
                .post("/v1/collections/{collection}/import", collection);
    }

    /** Imports a bundle and returns what the last event says. */
    private static JsonNode load(String collection, byte[] bundle) throws IOException {
        String events = post(collection, bundle)
                .then()
                .statusCode(200)
                .contentType(containsString("text/event-stream"))
                .extract()
                .asString();
        assertThat(events).startsWith("event: progress\n");
        String last = events.substring(events.lastIndexOf("event: "));
        assertThat(last).startsWith("event: done\ndata: ");
        return JSON.readTree(last.substring(last.indexOf('{')));
    }

    private static JsonNode end(byte[] bundle) throws IOException {
        List<String> lines = lines(bundle);
        return JSON.readTree(lines.get(lines.size() - 2));
    }

    private static List<String> lines(byte[] bundle) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bundle))) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }

    /** Changes lines of a bundle and makes its checksum fit. */
    private static byte[] edited(byte[] bundle, java.util.function.UnaryOperator<List<String>> change)
            throws Exception {
        List<String> edited = new ArrayList<>(change.apply(lines(bundle)));
        String end = edited.removeLast();
        String before = String.join("\n", edited) + "\n";
        String hash = HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(before.getBytes(UTF_8)));
        return gzip(before + end.replaceAll("[0-9a-f]{64}", hash) + "\n");
    }

    private void ready(String collection, String id, String text, String title) {
        long version = put(collection, id, text, title, 202);
        await(() -> {
            List<ChunksCreated> parts = created(collection, id, version);
            return !parts.isEmpty() && parts.size() == parts.getFirst().getPartCount();
        });
        indexed(
                collection,
                id,
                version,
                created(collection, id, version).getFirst().getChunkCount());
    }

    private void indexed(String collection, String id, long version, int chunks) {
        DocumentRef ref = DocumentRef.of(collection, id, version);
        vectors.index(ref);
        pipeline.indexed(ref, chunks, Instant.now());
    }

    private static long put(String collection, String id, String text, String title, int status) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("text", text, "title", title))
                .put(DOCUMENT, collection, id)
                .then()
                .statusCode(status)
                .extract()
                .jsonPath()
                .getLong("version");
    }

    private static void settings(String collection, String json) {
        given().contentType(ContentType.JSON)
                .body(json)
                .put("/v1/collections/{collection}", collection)
                .then()
                .statusCode(201);
    }

    private static String state(String collection, String id) {
        return given().get(DOCUMENT, collection, id).jsonPath().getString("state");
    }

    private static void state(String collection, String id, String expected) {
        assertThat(state(collection, id)).isEqualTo(expected);
    }

    private List<ChunksCreated> created(String collection, String id, long version) {
        return broker.chunksOf(id).stream()
                .filter(part -> part.getCollection().equals(collection) && part.getVersion() == version)
                .toList();
    }

    /** Waits for all parts of an imported version. */
    private List<ChunksEmbedded> embedded(String collection, String id, long version) {
        await(() -> {
            List<ChunksEmbedded> parts = parts(collection, id, version);
            return !parts.isEmpty()
                    && parts.size() == parts.getFirst().getPart().getPartCount();
        });
        return parts(collection, id, version);
    }

    private List<ChunksEmbedded> parts(String collection, String id, long version) {
        List<ChunksEmbedded> parts = new ArrayList<>();
        for (OutboxEntry entry : broker.published()) {
            if (entry.routingKey().equals("embed.chunks-embedded.v1")) {
                try {
                    ChunksEmbedded event =
                            ChunksEmbedded.parseFrom(entry.payload().bytes());
                    ChunksCreated part = event.getPart();
                    if (part.getCollection().equals(collection)
                            && part.getDocumentId().equals(id)
                            && part.getVersion() == version) {
                        parts.add(event);
                    }
                } catch (InvalidProtocolBufferException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return parts;
    }

    private static void assertSameButForIds(ChunksCreated imported, ChunksCreated made) {
        assertThat(withoutIds(imported)).isEqualTo(withoutIds(made));
    }

    private static ChunksCreated withoutIds(ChunksCreated part) {
        ChunksCreated.Builder same = part.toBuilder().setCollection("").setVersion(0);
        same.getChunksBuilderList().forEach(Chunk.Builder::clearChunkId);
        return same.build();
    }

    private static void assertVectors(ChunksEmbedded imported, ChunksCreated made) {
        assertThat(imported.getModel()).isEqualTo(FakeVectors.MODEL.name());
        assertThat(imported.getRevision()).isEqualTo(FakeVectors.MODEL.revision());
        assertThat(imported.getDimension()).isEqualTo(FakeVectors.MODEL.dimension());
        List<ChunkVector> expected = made.getChunksList().stream()
                .map(chunk -> FakeVectors.vector(UUID.fromString(chunk.getChunkId())))
                .toList();
        ByteBuffer bytes = ByteBuffer.allocate(imported.getVectors().size()).order(ByteOrder.LITTLE_ENDIAN);
        expected.forEach(vector -> bytes.put(vector.littleEndian()));
        assertThat(imported.getVectors().toByteArray()).isEqualTo(bytes.array());
        assertThat(imported.getVectorKeysList().stream()
                        .map(key -> HexFormat.of().formatHex(key.toByteArray()))
                        .toList())
                .isEqualTo(expected.stream()
                        .map(vector -> vector.key().orElseThrow())
                        .toList());
    }

    private static String text(int sentences) {
        return IntStream.range(0, sentences)
                .mapToObj("Sentence %d says something of its own about the matter."::formatted)
                .collect(Collectors.joining(" "));
    }

    private static String rules(int amended) {
        return IntStream.range(0, 60)
                .mapToObj(i -> "Rule %d says what to do on day %d of the year. "
                                .formatted(i, i)
                                .repeat(10)
                        + (i == amended ? "An amendment." : ""))
                .collect(Collectors.joining("\n\n"));
    }
}
