package quintet.rerank.pipeline.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SentenceSelectionTest {
    @Test
    void keepsWhatComesNearEnoughToTheBestOfAll() {
        assertThat(kept(Pieces.of("One. Two.", "Three. Four."), 0.5, false, 0.4, 0.1, 0.8, 0.39))
                .containsExactly(0, 2);
    }

    @Test
    void keepsWhatASentenceGoesOnWith() {
        List<Piece> pieces = Pieces.of("Ask first. The plan is good. It pays. However, this is late. Pay later.");
        assertThat(kept(pieces, 0.5, false, 0, 0, 0, 1, 0)).containsExactly(1, 2, 3);
        assertThat(kept(pieces, 0.5, false, 0, 1, 0, 0, 0)).containsExactly(1, 2);
    }

    @Test
    void doesNotLookIntoTheNextPassage() {
        assertThat(kept(Pieces.of("The plan is good.", "It pays. Late."), 0.5, false, 1, 0, 0))
                .containsExactly(0);
        assertThat(kept(Pieces.of("The plan is good.", "It pays. Late."), 0.5, false, 0, 1, 0))
                .containsExactly(1);
    }

    @Test
    void keepsTheFirstSentenceOfAPassageThatKeepsAnother() {
        List<Piece> pieces = Pieces.of("Head. Body. Tail.", "Head. Body.");
        assertThat(kept(pieces, 0.5, true, 0, 0, 1, 0, 0)).containsExactly(0, 2);
    }

    @Test
    void givesWhatIsNeededTheScoreOfWhatNeedsIt() {
        double[] standing =
                SentenceSelection.select(Pieces.of("The plan is good. It pays."), new double[] {0.1, 0.9}, 0.5, false);
        assertThat(standing).containsExactly(0.9, 0.9);
    }

    @Test
    void keepsAllWhereNothingMatters() {
        assertThat(kept(Pieces.of("One. Two."), 0.5, false, 0, 0)).containsExactly(0, 1);
    }

    private static List<Integer> kept(List<Piece> pieces, double threshold, boolean keepFirst, double... scores) {
        double[] standing = SentenceSelection.select(pieces, scores, threshold, keepFirst);
        return IntStream.range(0, standing.length)
                .filter(i -> standing[i] != SentenceSelection.LEFT_OUT)
                .boxed()
                .toList();
    }
}
