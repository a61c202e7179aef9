package quintet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.e2e.Suite.documents;
import static quintet.e2e.Suite.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection is built anew beside itself while documents come and go, switched, and switched back. */
interface ReindexScenarios {
    String COLLECTION = "rebuilt";

    Suite suite();

    @Test
    default void aCollectionIsCutAnewComparedSwitchedAndGoesBackWithoutALoss(@TempDir Path folder) throws IOException {
        suite().putText(
                        COLLECTION,
                        "keys",
                        "Keys",
                        ("Spare keys for the office door are kept at the reception desk. ").repeat(12));
        suite().putText(
                        COLLECTION,
                        "leave",
                        "Leave",
                        ("Every employee has thirty days of paid leave a year. ").repeat(12));
        suite().putText(COLLECTION, "gone", "Gone", "The canteen closes at three.");
        List.of("keys", "leave", "gone").forEach(id -> suite().settled(COLLECTION, id));
        List<String> before = texts("office door");
        Path questions = folder.resolve("questions.json");
        Files.writeString(questions, """
                {"questions": [{"query": "Where are the spare keys?", "relevant": {"keys": 1}},
                               {"query": "How many days of leave?", "relevant": {"leave": 1}}]}""");
        assertThat(reindex("--questions", questions.toString())).contains("2 questions stored");

        String begun =
                reindex("--chunking", "recursive,targetTokens=24,maxTokens=32,overlapTokens=0", "--index", "hnsw,m=8");
        assertThat(begun).contains("BUILDING");
        suite().putText(COLLECTION, "added", "Added", "Bicycles are kept in the cellar.");
        json(suite().delete(documents(COLLECTION) + "/gone"), 202);
        String switched = reindex("--status", "--wait");
        assertThat(switched)
                .contains("SWITCHED", "compared on 2 questions", "1.0000 -> 1.0000", "next: --rollback, --finish");

        List<String> after = texts("office door");
        assertThat(after).isNotEmpty().doesNotContainAnyElementsOf(before);
        assertThat(json(suite().get("/v1/collections/" + COLLECTION + "/index"), 200)
                        .path("parameters")
                        .path("m")
                        .asInt())
                .isEqualTo(8);
        assertThat(suite().settled(COLLECTION, "added").path("state").asText()).isEqualTo("READY");
        assertThat(texts("bicycles")).contains("Bicycles are kept in the cellar.");
        assertThat(texts("canteen closes")).doesNotContain("The canteen closes at three.");
        assertThat(suite().get("/v1/collections").body()).contains(COLLECTION).doesNotContain("~2");

        suite().putText(COLLECTION, "later", "Later", "Parcels wait in the mail room.");
        suite().settled(COLLECTION, "later");
        assertThat(reindex("--rollback")).contains("ROLLED_BACK");
        assertThat(texts("office door")).first().isEqualTo(before.getFirst());
        suite().settled(COLLECTION, "later");
        assertThat(texts("parcels")).contains("Parcels wait in the mail room.");

        assertThat(reindex("--switch")).contains("SWITCHED");
        assertThat(texts("office door")).first().isEqualTo(after.getFirst());
        assertThat(reindex("--finish")).contains("FINISHED");
        assertThat(texts("office door")).first().isEqualTo(after.getFirst());
    }

    private String reindex(String... arguments) {
        List<String> command = new ArrayList<>(List.of("reindex", COLLECTION));
        command.addAll(List.of(arguments));
        Suite.Result result = suite().quintet(command.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    private List<String> texts(String query) {
        String body =
                Suite.JSON.createObjectNode().put("query", query).put("topK", 3).toString();
        List<String> texts = new ArrayList<>();
        JsonNode hits = json(suite().post("/v1/collections/" + COLLECTION + "/search", body), 200)
                .path("hits");
        hits.forEach(hit -> texts.add(hit.path("text").asText()));
        return texts;
    }
}
