package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.retrieve.model.Candidate;

class ReciprocalRankFusionTest {
    private static ScorePair pair(String chunkId, double dense, double lexical) {
        return new ScorePair(new Candidate(chunkId, 0, dense), dense, lexical);
    }

    @Test
    void addsReciprocalRanksAndScalesThemToOne() {
        List<FusedCandidate> fused = new ReciprocalRankFusion(60)
                .fuse(List.of(pair("a", 0.9, 2.0), pair("b", 0.8, 7.0), pair("c", 0.7, 0.0)));
        assertThat(fused).extracting(f -> f.scores().candidate().chunkId()).containsExactly("a", "b", "c");
        // a: ranks 1 and 2; b: 2 and 1; c: 3 and none.
        double scale = 61.0 / 2;
        assertThat(fused.get(0).score()).isCloseTo(scale * (1.0 / 61 + 1.0 / 62), within(1e-12));
        assertThat(fused.get(1).score()).isCloseTo(scale * (1.0 / 62 + 1.0 / 61), within(1e-12));
        assertThat(fused.get(2).score()).isCloseTo(scale * (1.0 / 63), within(1e-12));
    }

    @Test
    void givesOneToAPassageThatBothListsRankFirst() {
        assertThat(new ReciprocalRankFusion(60)
                        .fuse(List.of(pair("a", 0.5, 1.0)))
                        .getFirst()
                        .score())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void breaksTiesByChunkId() {
        assertThat(new ReciprocalRankFusion(60).fuse(List.of(pair("b", 0.1, 2.0), pair("a", 0.2, 1.0))))
                .extracting(f -> f.scores().candidate().chunkId())
                .containsExactly("a", "b");
    }
}
