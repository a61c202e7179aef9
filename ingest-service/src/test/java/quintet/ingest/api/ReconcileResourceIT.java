package quintet.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static quintet.ingest.Eventually.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quintet.ingest.FakeIndex;
import quintet.ingest.IngestTestResource;
import quintet.ingest.LoopbackPublisher;
import quintet.ingest.model.DocumentRef;
import quintet.ingest.model.IndexedDocument;
import quintet.ingest.model.IngestEvent;
import quintet.ingest.model.RegisteredDocument;
import quintet.ingest.model.Stage;
import quintet.ingest.model.StageFailure;
import quintet.ingest.pipeline.IngestPipeline;
import quintet.ingest.pipeline.Replay;
import quintet.ingest.port.DriftRegistry;
import quintet.ingest.v1.ChunksCreated;
import quintet.ingest.v1.DocumentDeleted;

/** Repairs with a real database; broker and index are a {@link LoopbackPublisher} and a {@link FakeIndex}. */
@QuarkusTest
@QuarkusTestResource(IngestTestResource.class)
class ReconcileResourceIT {
    private static final String DOCUMENT = "/v1/collections/{collection}/documents/{id}";

    @Inject
    LoopbackPublisher broker;

    @Inject
    FakeIndex index;

    @Inject
    IngestPipeline pipeline;

    @Inject
    Replay replay;

    @Inject
    DriftRegistry drifts;

    @AfterEach
    void quiet() {
        index.setBusy("embed.chunks-created", false);
    }

    @Test
    void findsNothingWhereBothAgree() {
        ready("agree", "agree-a");
        deleted("agree", "agree-b");

        assertThat(reconcile("agree")).isEmpty();
    }

    @Test
    void publishesEverythingAgainThatALostIndexHeld() throws Exception {
        ready("lost", "lost-a");
        ready("lost", "lost-b");
        ChunksCreated before = broker.chunksOf("lost-a").getLast();
        index.lose("lost");

        assertThat(reconcile("lost"))
                .containsOnly(Map.entry("lost-a", "MISSING HEALED"), Map.entry("lost-b", "MISSING HEALED"));

        awaitChunks("lost-a", before.getVersion(), 2);
        assertThat(broker.chunksOf("lost-a").getLast())
                .as("the same bytes as the first time")
                .isEqualTo(before);
        index.put("lost", new IndexedDocument("lost-a", 1, false, 1));
        index.put("lost", new IndexedDocument("lost-b", 1, false, 1));
        assertThat(reconcile("lost")).isEmpty();
    }

    @Test
    void publishesAgainWhatSearchesFindAnOlderVersionOf() throws Exception {
        ready("stale", "st");
        ready("stale", "st");
        index.put("stale", new IndexedDocument("st", 1, false, 1));

        assertThat(reconcile("stale")).containsOnly(Map.entry("st", "STALE HEALED"));

        awaitChunks("st", 2, 2);
    }

    @Test
    void makesANewVersionWhereTheIndexWouldTakeTheSameForKnown() throws Exception {
        ready("short", "sh");
        index.put("short", new IndexedDocument("sh", 1, false, 7));
        assertThat(reconcile("short")).containsOnly(Map.entry("sh", "INCOMPLETE HEALED"));
        awaitChunks("sh", 2, 1);

        ready("ahead", "ah");
        index.put("ahead", new IndexedDocument("ah", 9, false, 1));
        assertThat(reconcile("ahead")).containsOnly(Map.entry("ah", "AHEAD HEALED"));
        awaitChunks("ah", 10, 1);
    }

    @Test
    void removesWhatWasDeletedOrNeverKnown() {
        deleted("extra", "gone");
        index.put("extra", new IndexedDocument("gone", 1, false, 3));
        index.put("extra", new IndexedDocument("stranger", 5, false, 2));

        assertThat(reconcile("extra"))
                .containsOnly(Map.entry("gone", "RESURRECTED HEALED"), Map.entry("stranger", "UNKNOWN HEALED"));

        await(() -> deletions("gone").contains(2L) && deletions("stranger").contains(6L));
        index.put("extra", new IndexedDocument("gone", 2, true, 0));
        index.put("extra", new IndexedDocument("stranger", 6, true, 0));
        pipeline.removed(DocumentRef.of("extra", "gone", 2));
        pipeline.removed(DocumentRef.of("extra", "stranger", 6));
        assertThat(reconcile("extra")).isEmpty();
        assertThat(putText("extra", "stranger", "it comes back").getInt("version"))
                .as("above the deletion, or the index would refuse it")
                .isEqualTo(7);
    }

    @Test
    void leavesACollectionAloneThatTheRegistryHasNeverHeardOfUnlessAsked() {
        index.put("foreign", new IndexedDocument("foreign-a", 1, false, 3));

        assertThat(reconcile("foreign")).containsOnly(Map.entry("foreign-a", "UNKNOWN REPORTED"));
        assertThat(deletions("foreign-a")).isEmpty();

        assertThat(outcomes(given().post("/v1/reconcile?collection=foreign&graceSeconds=0&buryUnknown=true")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()))
                .containsOnly(Map.entry("foreign-a", "UNKNOWN HEALED"));
        await(() -> deletions("foreign-a").contains(2L));
    }

    @Test
    void publishesALostMessageAgainAndGivesUpInTheEnd() throws Exception {
        putText("stuck", "su", "its message is lost each time");
        awaitState("stuck", "su", "CHUNKED");
        awaitChunks("su", 1, 1);

        index.setBusy("embed.chunks-created", true);
        assertThat(reconcile("stuck")).as("it may wait there").containsOnly(Map.entry("su", "STUCK WAITING"));
        index.setBusy("embed.chunks-created", false);
        for (int heal = 1; heal <= 3; heal++) {
            assertThat(reconcile("stuck")).containsOnly(Map.entry("su", "STUCK HEALED"));
            awaitChunks("su", 1, 1 + heal);
        }
        assertThat(reconcile("stuck")).containsOnly(Map.entry("su", "STUCK GAVE_UP"));

        JsonPath failed = awaitState("stuck", "su", "FAILED");
        assertThat(failed.getString("failure.reason")).isEqualTo("NOT_HEALED");
        assertThat(reconcile("stuck")).isEmpty();
    }

    @Test
    void tellsTheRegistryWhatItWasNotTold() {
        putText("untold", "untold-a", "indexed, and the event of it lost");
        awaitState("untold", "untold-a", "CHUNKED");
        index.put("untold", new IndexedDocument("untold-a", 1, false, 1));

        assertThat(reconcile("untold")).containsOnly(Map.entry("untold-a", "UNTOLD HEALED"));

        awaitState("untold", "untold-a", "READY");
    }

    @Test
    void leavesAloneWhatHasJustChanged() {
        ready("young", "young-a");
        index.lose("young");

        assertThat(outcomes(given().post("/v1/reconcile?collection=young")
                        .then()
                        .statusCode(200)
                        .body("collections[0].registered", equalTo(1))
                        .extract()
                        .jsonPath()))
                .isEmpty();
    }

    @Test
    void doesNotRepairWhatHasChangedSinceItWasSeen() {
        ready("race", "ra");
        RegisteredDocument seen = drifts.page("race", "", 1).getFirst();
        putText("race", "ra", "another version comes in between");

        assertThat(drifts.republish(seen, List.of(new IngestEvent.DocumentReceived(seen.ref()))))
                .isFalse();
        assertThat(drifts.reprocess(seen, 9)).isFalse();
        assertThat(drifts.giveUp(seen, new StageFailure(Stage.INDEX, "X", "x"))).isFalse();
        assertThat(drifts.bury(DocumentRef.of("race", "ra", 9))).isFalse();
    }

    @Test
    void saysThatAnIndexCanNotBeReadInsteadOfTakingItForEmpty() {
        ready("unreadable", "unreadable-a");
        index.setUnreadable("unreadable");

        JsonPath report = given().post("/v1/reconcile?collection=unreadable&graceSeconds=0")
                .then()
                .statusCode(200)
                .body("collections[0].problem", equalTo("INDEX_UNREADABLE"))
                .extract()
                .jsonPath();
        assertThat(outcomes(report)).isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchCollectionInsteadOfFindingNothingWrongWithIt() {
        given().post("/v1/reconcile?collection=misspelt")
                .then()
                .statusCode(404)
                .body("reason", equalTo("COLLECTION_NOT_FOUND"));
    }

    @Test
    void takesUpAgainWhatFailedWhenItsMessageIsPutBack() {
        given().contentType("text/plain")
                .body("   \n ".getBytes(StandardCharsets.UTF_8))
                .put(DOCUMENT, "replay", "replay-a")
                .then()
                .statusCode(202);
        awaitState("replay", "replay-a", "FAILED");

        replay.reopen(DocumentRef.of("replay", "replay-a", 1));
        assertThat(awaitState("replay", "replay-a", "RECEIVED").getMap("times")).doesNotContainKey("FAILED");
        pipeline.process(DocumentRef.of("replay", "replay-a", 1));

        awaitState("replay", "replay-a", "FAILED");
    }

    @ParameterizedTest
    @CsvSource({
        "collection=No%20name, INVALID_COLLECTION",
        "graceSeconds=x, INVALID_DURATION",
        "graceSeconds=-1, INVALID_DURATION",
        "stuckAfterSeconds=86401, INVALID_DURATION",
        "buryUnknown=perhaps, INVALID_FLAG",
    })
    void refusesWhatMakesNoSense(String query, String reason) {
        given().urlEncodingEnabled(false)
                .post("/v1/reconcile?" + query)
                .then()
                .statusCode(400)
                .body("reason", equalTo(reason));
    }

    private static Map<String, String> reconcile(String collection) {
        return outcomes(given().post("/v1/reconcile?graceSeconds=0&stuckAfterSeconds=0&collection=" + collection)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath());
    }

    private static Map<String, String> outcomes(JsonPath report) {
        return report.<Map<String, String>>getList("findings").stream()
                .collect(Collectors.toMap(
                        finding -> finding.get("documentId"),
                        finding -> finding.get("drift") + " " + finding.get("outcome")));
    }

    /** A document that both sides agree about; another version of it if it is there already. */
    private void ready(String collection, String id) {
        long version = putText(collection, id, "a text of " + id + " at " + System.nanoTime())
                .getLong("version");
        awaitState(collection, id, "CHUNKED");
        await(() -> broker.chunksOf(id).stream().anyMatch(part -> part.getVersion() == version));
        pipeline.indexed(DocumentRef.of(collection, id, version), 1, Instant.now());
        index.put(collection, new IndexedDocument(id, version, false, 1));
    }

    private void deleted(String collection, String id) {
        ready(collection, id);
        given().delete(DOCUMENT, collection, id).then().statusCode(202);
        await(() -> deletions(id).contains(2L));
        pipeline.removed(DocumentRef.of(collection, id, 2));
        index.put(collection, new IndexedDocument(id, 2, true, 0));
    }

    private List<Long> deletions(String id) {
        return broker.published().stream()
                .filter(entry -> entry.routingKey().equals("ingest.document-deleted.v1"))
                .map(entry -> {
                    try {
                        return DocumentDeleted.parseFrom(entry.payload().bytes());
                    } catch (InvalidProtocolBufferException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .filter(event -> event.getDocumentId().equals(id))
                .map(DocumentDeleted::getVersion)
                .toList();
    }

    private void awaitChunks(String id, long version, int times) {
        await(() -> broker.chunksOf(id).stream()
                        .filter(part -> part.getVersion() == version)
                        .count()
                == times);
    }

    private static JsonPath putText(String collection, String id, String text) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("text", text))
                .put(DOCUMENT, collection, id)
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
    }

    private static JsonPath awaitState(String collection, String id, String state) {
        JsonPath[] last = new JsonPath[1];
        await(() -> {
            last[0] = given().get(DOCUMENT, collection, id).jsonPath();
            return state.equals(last[0].getString("state"));
        });
        return last[0];
    }
}
