package quintet.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HitRateTest {
    @Test
    void countsQuestionsWhoseRightPassageIsAmongTheFirst() {
        HitRate hits = new HitRate();
        hits.add(1);
        hits.add(3);
        hits.add(11);
        hits.add(HitRate.MISSED);

        assertThat(hits.at(1)).isEqualTo(0.25);
        assertThat(hits.at(3)).isEqualTo(0.5);
        assertThat(hits.at(10)).isEqualTo(0.5);
        assertThat(hits.at(11)).isEqualTo(0.75);
        // (1 + 1/3 + 1/11 + 0) / 4
        assertThat(hits.meanReciprocalRank()).isCloseTo(0.356061, within(1e-6));
        assertThat(hits.questions()).isEqualTo(4);
    }

    @Test
    void takesTheFirstRightPassage() {
        HitRate hits = new HitRate();
        hits.addFlags(List.of(false, true, true));
        hits.addFlags(List.of(false, false));
        hits.addFlags(List.of());

        assertThat(hits.at(1)).isZero();
        assertThat(hits.at(2)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(hits.at(10)).isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void isZeroWithoutQuestions() {
        assertThat(new HitRate().at(10)).isZero();
        assertThat(new HitRate().meanReciprocalRank()).isZero();
    }
}
