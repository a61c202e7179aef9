package quintet.bench.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.rerank.pipeline.Cascade;

class CascadeTrialTest {
    /** Thirty candidates of falling first-stage scores; the relevant one is the fifteenth, and the reader sees that. */
    private static final ScoredQuery QUERY = new ScoredQuery(
            "query",
            Map.of("d14", 1),
            IntStream.range(0, 30)
                    .mapToObj(i -> new ScoredQuery.Hit("d" + i, "text " + i, 30 - i, i == 14 ? 1 : 0.1))
                    .toList());

    @Test
    void countsOnlyWhatWasScored() {
        Cascade.Rule waves = new Cascade.Rule(12, 0);
        CascadeTrial few = CascadeTrial.run(QUERY, true, 0.5, waves, cascade -> cascade.scored() >= 12);
        assertThat(few).isEqualTo(new CascadeTrial(0, 12));
        CascadeTrial more = CascadeTrial.run(QUERY, true, 0.5, waves, cascade -> cascade.scored() >= 24);
        assertThat(more).isEqualTo(new CascadeTrial(1, 24));
    }

    @Test
    void followsTheRuleOfTheService() {
        CascadeTrial trial = CascadeTrial.run(QUERY, true, 0.5, new Cascade.Rule(2, 4), Cascade::isSettled);
        assertThat(trial).isEqualTo(new CascadeTrial(0, 10));
        CascadeTrial certain = CascadeTrial.run(QUERY, true, 0.5, new Cascade.Rule(2, 0), Cascade::isSettled);
        assertThat(certain).isEqualTo(new CascadeTrial(1, 30));
    }

    @Test
    void countsADocumentOnceAndTenRanksOnly() {
        ScoredQuery query = new ScoredQuery("q", Map.of("b", 1), List.of(hit("a"), hit("a"), hit("b")));
        assertThat(query.ndcg(List.of(0, 1, 2))).isCloseTo(Math.log(2) / Math.log(3), within(1e-9));
        assertThat(QUERY.ndcg(IntStream.range(0, 30).boxed().toList())).isZero();
    }

    @Test
    void keepsScoresInAFile(@TempDir Path folder) throws Exception {
        List<ScoredSet> sets = List.of(new ScoredSet("made up", List.of(QUERY)));
        ScoredSet.write(folder.resolve("scores.json"), sets);
        assertThat(ScoredSet.read(folder.resolve("scores.json"))).isEqualTo(sets);
    }

    @Test
    void choosesTheRuleWithTheFewestPairsThatKeepsEnough() {
        CascadeSweep sweep =
                new CascadeSweep(List.of(new ScoredSet("a", List.of(QUERY)), new ScoredSet("b", List.of(QUERY))), true);
        assertThat(sweep.choice()).isEqualTo("the first 16");
        assertThat(sweep.crossValidation().toString()).contains("the first 16", "1.000", "16.0");
    }

    private static ScoredQuery.Hit hit(String document) {
        return new ScoredQuery.Hit(document, "text", 1, 0.5);
    }
}
