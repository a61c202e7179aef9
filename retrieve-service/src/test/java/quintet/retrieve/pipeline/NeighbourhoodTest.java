package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.retrieve.model.Candidate;

class NeighbourhoodTest {
    private static ScorePair pair(String chunkId, double dense, double lexical) {
        return new ScorePair(new Candidate(chunkId, 0, dense), dense, lexical);
    }

    private static final List<ScorePair> THREE = List.of(pair("a", 0.9, 0), pair("b", 0.8, 0), pair("c", 0.7, 0));

    @Test
    void weighsNeighboursByTheKernel() {
        // a and b alike, c apart from both.
        Neighbourhood near = Neighbourhood.of(THREE, (i, j) -> i == j ? 1 : i + j == 1 ? 0.9 : 0.4);
        double[] means = near.means(new double[] {6, 3, 0}, 0.1);
        double ab = Math.exp(-0.1 / 0.1);
        double c = Math.exp(-0.6 / 0.1);
        assertThat(means[0]).isCloseTo((6 + ab * 3) / (1 + ab + c), within(1e-12));
        assertThat(means[1]).isCloseTo((3 + ab * 6) / (1 + ab + c), within(1e-12));
        assertThat(means[2]).isCloseTo((6 * c + 3 * c) / (1 + 2 * c), within(1e-12));
    }

    @Test
    void candidatesThatCanNotBeComparedKeepTheirValues() {
        Neighbourhood unknown = Neighbourhood.unknown(2);
        assertThat(unknown.means(new double[] {1, 2}, 0.1)).containsExactly(1, 2);
        assertThat(unknown.spread()).isCloseTo(Neighbourhood.TYPICAL_SPREAD, within(1e-12));
    }

    @Test
    void theSpreadOfManyIsTheirOwnAndOfFewTheTypicalOne() {
        List<ScorePair> many = IntStream.range(0, 50)
                .mapToObj(i -> pair("c%02d".formatted(i), 1 - i / 100.0, 0))
                .toList();
        Neighbourhood near = Neighbourhood.of(many, (i, j) -> i == j ? 1 : (i + j) % 2 == 0 ? 0.8 : 0.4);
        assertThat(near.spread()).isCloseTo(0.2, within(0.002));
        Neighbourhood few = Neighbourhood.of(many.subList(0, 2), (i, j) -> i == j ? 1 : 0.2);
        assertThat(few.spread()).isCloseTo(Neighbourhood.TYPICAL_SPREAD, within(0.005));
        assertThat(Neighbourhood.of(many, (_, _) -> 1).spread()).isEqualTo(0.01);
    }

    @Test
    void comparesWithTheFirstOfEachListAndEachTwoAnchorsOnce() {
        int first = Neighbourhood.ANCHORS;
        List<ScorePair> union = IntStream.range(0, 3 * first)
                .mapToObj(
                        i -> pair("c%03d".formatted(i), i < first ? 0.9 : 0.1, i >= 2 * first ? 5 : i >= first ? 1 : 0))
                .toList();
        AtomicInteger compared = new AtomicInteger();
        Neighbourhood near = Neighbourhood.of(union, (i, j) -> {
            compared.incrementAndGet();
            assertThat(j)
                    .satisfiesAnyOf(
                            a -> assertThat(a).isLessThan(first),
                            a -> assertThat(a).isGreaterThanOrEqualTo(2 * first));
            return i == j ? 1 : 0.5;
        });
        assertThat(compared.get()).isEqualTo(first * 2 * first + first * (2 * first + 1));
        assertThat(near.means(new double[union.size()], 0.1)).containsOnly(0);
    }

    @Test
    void aPassageWithoutAnyOfTheWordsIsNoAnchorOfTheLexicalList() {
        List<ScorePair> union = IntStream.range(0, 2 * Neighbourhood.ANCHORS)
                .mapToObj(i -> pair("c%03d".formatted(i), -i / 1000.0, 0))
                .toList();
        Neighbourhood.of(union, (i, j) -> {
            assertThat(j).isLessThan(Neighbourhood.ANCHORS);
            return i == j ? 1 : 0;
        });
    }
}
