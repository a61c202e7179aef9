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
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection leaves as a file and comes back as another collection, through the commands that people use. */
interface BundleScenarios {
    List<String> QUERIES =
            List.of("fitness reimbursement", "What does PerksPlus cover?", "a haircut", "spare keys", "office door");

    Suite suite();

    @Test
    default void anImportAnswersAsItsSourceDoesAndGoesOnAsAnyCollection(@TempDir Path folder) throws IOException {
        String pdf = Suite.home("samples/hr-handbook/PerksPlus.pdf").toString();
        Suite.Result ingested = suite().quintet("ingest", pdf, "--collection", "leaving");
        assertThat(ingested.exitCode()).as(ingested.output()).isZero();
        suite().putText("leaving", "keys", "Keys", "Spare keys for the office door are kept at the reception desk.");
        suite().settled("leaving", "keys");
        Path file = folder.resolve("leaving.jsonl.gz");

        Suite.Result exported = suite().quintet("export", "leaving", file.toString());
        assertThat(exported.exitCode()).as(exported.output()).isZero();
        assertThat(exported.output()).contains("2 documents, 0 aliases,", "2 originals");
        Suite.Result imported = suite().quintet("import", file.toString(), "arrived");
        assertThat(imported.exitCode()).as(imported.output()).isZero();
        assertThat(imported.output()).contains("2 imported, 0 unchanged");

        for (String query : QUERIES) {
            for (String mode : List.of("hybrid", "dense", "lexical")) {
                assertThat(hits("arrived", query, mode))
                        .as("%s, %s", query, mode)
                        .isEqualTo(hits("leaving", query, mode));
            }
        }
        assertThat(hits("arrived", "office door", "hybrid")).isNotEmpty();
        Suite.Result again = suite().quintet("import", file.toString(), "arrived");
        assertThat(again.output()).contains("0 imported, 2 unchanged");

        // Another source is no other text: each chunk keeps the vector that it came with.
        int chunks = suite().settled("arrived", "keys").path("chunkCount").asInt();
        json(
                suite().put(
                                documents("arrived") + "/keys",
                                "application/json",
                                java.net.http.HttpRequest.BodyPublishers.ofString(Suite.JSON
                                        .createObjectNode()
                                        .put("title", "Keys")
                                        .put("source", "https://example.org/keys")
                                        .put("text", "Spare keys for the office door are kept at the reception desk.")
                                        .toString())),
                202);
        JsonNode updated = suite().settled("arrived", "keys");
        assertThat(updated.path("state").asText()).isEqualTo("READY");
        assertThat(updated.path("chunksReused").asInt()).isEqualTo(chunks).isPositive();
    }

    @Test
    default void aBundleOfAnotherModelAndADamagedOneAreRefusedWhole(@TempDir Path folder) throws IOException {
        suite().putText("modelled", "keys", "Keys", "Spare keys for the office door are kept at the reception desk.");
        suite().settled("modelled", "keys");
        Path file = folder.resolve("modelled.jsonl.gz");
        Suite.Result exported = suite().quintet("export", "modelled", file.toString());
        assertThat(exported.exitCode()).as(exported.output()).isZero();

        Path other = changed(file, "\"name\":\"bge-small", "\"name\":\"bge-large");
        Suite.Result mismatched = suite().quintet("import", other.toString(), "refused");
        assertThat(mismatched.exitCode()).isOne();
        assertThat(mismatched.output())
                .contains("the bundle's vectors are of bge-large", "embeds with bge-small", "[MODEL_MISMATCH]");
        Path damaged = changed(file, "reception desk", "reception dusk");
        Suite.Result broken = suite().quintet("import", damaged.toString(), "refused");
        assertThat(broken.exitCode()).isOne();
        assertThat(broken.output()).contains("the bundle is damaged", "[BUNDLE_DAMAGED]");
        Suite.Result foreign = suite().quintet(
                        "import",
                        Suite.home("samples/hr-handbook/PerksPlus.pdf").toString(),
                        "refused");
        assertThat(foreign.exitCode()).isOne();
        assertThat(foreign.output()).contains("is no bundle of Quintet");
        assertThat(suite().get("/v1/collections/refused").statusCode()).isEqualTo(404);
    }

    /** What is found, where in its document, and with which scores; the ids of chunks tell the collections apart. */
    private List<String> hits(String collection, String query, String mode) {
        String body = Suite.JSON
                .createObjectNode()
                .put("query", query)
                .put("mode", mode)
                .put("topK", 50)
                .toString();
        List<String> hits = new ArrayList<>();
        json(suite().post("/v1/collections/" + collection + "/search", body), 200)
                .path("hits")
                .forEach(hit -> hits.add("%s %s %s %s"
                        .formatted(
                                hit.path("documentId").asText(),
                                hit.path("start").asInt(),
                                hit.path("scores"),
                                hit.path("text").asText())));
        return hits;
    }

    private static Path changed(Path bundle, String from, String to) throws IOException {
        Path changed = bundle.resolveSibling(to.replaceAll("\\W", "") + ".jsonl.gz");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(bundle));
                GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(changed))) {
            String text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(text).contains(from);
            out.write(text.replace(from, to).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return changed;
    }
}
