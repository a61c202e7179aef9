package quintet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quintet.e2e.Suite.documents;
import static quintet.e2e.Suite.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9, of each service in turn and of the launcher: nothing acknowledged is lost, nothing is left behind. */
class CrashIT {
    private static final List<String> SERVICES = List.of("ingest", "embed", "retrieve", "rerank", "generate");

    @TempDir
    Path data;

    private Suite suite;

    @BeforeEach
    void start() {
        suite = new Suite(data).up();
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    @Test
    void losesNoDocumentWhenEachServiceIsKilledWhileDocumentsFlow() {
        List<String> ids = new ArrayList<>();
        for (String victim : SERVICES) {
            for (int i = 0; i < 4; i++) {
                String id = victim + i;
                suite.putText(
                        "crash", id, "Note " + id, "The secret word of note %s is %s-%d.".formatted(id, victim, i));
                ids.add(id);
            }
            kill(pid(victim));
            awaitReady();
        }

        for (String id : ids) {
            assertThat(suite.settled("crash", id).path("state").asText()).as(id).isEqualTo("READY");
        }
        JsonNode list = json(suite.get(documents("crash") + "?limit=1000"), 200);
        assertThat(list.path("counts").path("READY").asInt()).isEqualTo(ids.size());
        for (String id : ids) {
            assertThat(hitsOf(id)).as("passages of " + id).isOne();
        }
    }

    @Test
    void comesBackAfterTheLauncherIsKilled() {
        suite.putText("crash", "before", "Before", "This was stored before the launcher was killed.");
        suite.settled("crash", "before");
        List<Long> parts = pids();

        kill(suite.status().path("launcher").path("pid").asLong());
        suite.up();

        assertThat(pids()).doesNotContainAnyElementsOf(parts);
        assertThat(parts).as("nothing of the killed suite runs on").noneMatch(CrashIT::alive);
        assertThat(suite.settled("crash", "before").path("state").asText()).isEqualTo("READY");
        assertThat(hitsOf("before")).isOne();
    }

    @Test
    void saysThatItRunsWhenStartedTwice() {
        Suite.Result again = suite.quintet("up");

        assertThat(again.exitCode()).isZero();
        assertThat(again.output()).contains("running");
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            JsonNode parts = suite.status().path("parts");
            return SERVICES.stream()
                    .allMatch(name -> part(parts, name).path("state").asText().equalsIgnoreCase("ready"));
        });
    }

    private long hitsOf(String id) {
        String body = Suite.JSON
                .createObjectNode()
                .put("query", "secret word of note " + id)
                .put("topK", 100)
                .toString();
        JsonNode hits =
                json(suite.post("/v1/collections/crash/search", body), 200).path("hits");
        return StreamSupport.stream(hits.spliterator(), false)
                .filter(hit -> hit.path("documentId").asText().equals(id))
                .count();
    }

    private long pid(String name) {
        return part(suite.status().path("parts"), name).path("pid").asLong();
    }

    private List<Long> pids() {
        return StreamSupport.stream(suite.status().path("parts").spliterator(), false)
                .map(part -> part.path("pid").asLong())
                .filter(pid -> pid > 0)
                .toList();
    }

    private static JsonNode part(JsonNode parts, String name) {
        return StreamSupport.stream(parts.spliterator(), false)
                .filter(part -> part.path("name").asText().startsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no part " + name + " in " + parts));
    }

    private static void kill(long pid) {
        assertThat(pid).isPositive();
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
