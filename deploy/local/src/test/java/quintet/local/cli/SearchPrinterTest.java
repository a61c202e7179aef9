package quintet.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SearchPrinterTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false);
    private final SearchPrinter printer = new SearchPrinter(terminal);

    @Test
    void printsHitsAndHowToReplayThem() {
        var answer = JsonMapper.shared().readTree("""
                {"hits": [{"filename": "plan.pdf", "page": 2, "score": 0.8123456, "text": "two  cleanings\\na year"}],
                 "degraded": ["dense"], "timings": {"totalMs": 4.25}, "searchId": "id"}""");
        printer.hits(answer);
        printer.end(answer, "./quintet search hr --replay ");
        assertThat(output()).isEqualTo("""
                 1  0.8123  plan.pdf, page 2
                    two cleanings a year

                Searched without: dense
                4.3 ms
                later: ./quintet search hr --replay id
                """);
    }

    @Test
    void saysThatThereIsNothing() {
        printer.hits(JsonMapper.shared().readTree("{\"hits\": []}"));
        printer.hits(JsonMapper.shared().readTree("{\"hits\": [], \"nothingRelevant\": true}"));
        assertThat(output()).isEqualTo("Nothing was found.\n\nNothing is relevant enough.\n\n");
    }

    @Test
    void printsWhatBecameOfAHitWithoutNamingWhatIsHidden() {
        printer.replay(JsonMapper.shared().readTree("""
                {"sentence": "Hits: 1 moved, 1 no longer visible.",
                 "hits": [{"outcome": "moved", "chunkId": "a#000", "rankThen": 3, "rankNow": 1, "scoreThen": 0.5,
                           "scoreNow": 0.75, "versionThen": 1, "versionNow": 2},
                          {"outcome": "hidden", "rankThen": 2, "scoreThen": 0.6}],
                 "then": {"query": "dental", "searchedAt": "2026-01-02T03:04:05Z", "index": {"version": 4, "kind": "exact"}},
                 "indexNow": {"version": 5, "kind": "exact"}}"""));
        assertThat(output())
                .contains(
                        "“dental”  searched 2026-01-02T03:04:05Z\n",
                        "moved          3      1   0.5000   0.7500  a#000  version 1, now 2\n",
                        "hidden         2      -   0.6000        -  no longer visible\n",
                        "version   4 → 5\n")
                .doesNotContain("kind  ");
    }

    @Test
    void printsTheStagesOfASearch() {
        new ExplanationPrinter(terminal).print(JsonMapper.shared().readTree("""
                {"stages": [{"name": "dense", "query": 0, "tookUs": 1234, "sentence": "Found 2."}],
                 "index": {"kind": "exact", "version": 7}, "access": {"everyGroup": false, "ownGroups": 2},
                 "rewriting": [{"name": "vocabulary", "changed": true, "sentence": "No passage has “emploee”."}],
                 "queries": [{"kind": "query", "text": "dental", "filter": "year = 2020", "lexical": {"words":
                     [{"form": "dental", "languages": ["en"], "fields": ["text"], "passages": 3, "weight": 1.5}]}}],
                 "hits": [{"chunkId": "a#000", "rank": 1, "ranked": 2, "queries":
                     [{"query": 0, "denseRank": 2, "dense": 0.5, "fused": 0.25}]}],
                 "leftOut": [{"chunkId": "a#001", "ranked": 3, "rule": "per-document", "sentence": "Enough."}],
                 "leftOutCount": 1}"""));
        assertThat(output())
                .contains(
                        "exact, version 7; sees what is everybody's and 2 own groups\n",
                        "dense           1.234  Found 2.\n",
                        "vocabulary: No passage has “emploee”.\n",
                        "filter: year = 2020\n",
                        "dental                           3     1.50  en text\n",
                        "   1      2   0.5000      -         -   0.2500  a#000  (was 2)\n",
                        "left out: 1\n",
                        "   3  per-document    a#001  Enough.\n");
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
