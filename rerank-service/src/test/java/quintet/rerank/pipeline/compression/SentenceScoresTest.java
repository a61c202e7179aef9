package quintet.rerank.pipeline.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quintet.rerank.model.ScoredPair;

class SentenceScoresTest {
    private final SentenceScores scores =
            new SentenceScores("gym pay", Pieces.of("The gym is open. They pay. Nothing.", "Gym pay."));

    @Test
    void isTheMeanOfReaderWordsAndRank() {
        assertThat(scores.overlap(3)).isEqualTo(1);
        assertThat(scores.of(2, relevance(0.6))).isCloseTo((0.6 + 0 + 1) / 3, within(1e-9));
        assertThat(scores.of(3, relevance(0.6))).isCloseTo((0.6 + 1 + 0.5) / 3, within(1e-9));
    }

    @Test
    void takesTheWordsForTheReaderThatHadNoTime() {
        assertThat(scores.overlap(0)).isCloseTo(0.5, within(1e-9));
        assertThat(scores.of(0, Optional.empty())).isCloseTo((0.5 + 0.5 + 1) / 3, within(1e-9));
    }

    private static Optional<ScoredPair> relevance(double relevance) {
        return Optional.of(new ScoredPair(relevance, Optional.empty(), false, Duration.ZERO, Duration.ZERO));
    }
}
