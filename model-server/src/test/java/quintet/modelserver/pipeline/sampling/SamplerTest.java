package quintet.modelserver.pipeline.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quintet.modelserver.model.Sampling;
import quintet.modelserver.model.Tokens;

class SamplerTest {
    private static final int DRAWS = 20_000;

    private static float[] logits() {
        // Probabilities 0.1, 0.2, 0.3, 0.4
        return new float[] {(float) Math.log(1), (float) Math.log(2), (float) Math.log(3), (float) Math.log(4)};
    }

    private static double[] shares(Sampling sampling) {
        Sampler sampler = new Sampler(sampling, new Tokens());
        double[] shares = new double[4];
        for (int i = 0; i < DRAWS; i++) {
            shares[sampler.sample(logits())] += 1.0 / DRAWS;
        }
        return shares;
    }

    @Test
    void greedyTakesTheLikeliest() {
        assertThat(shares(Sampling.GREEDY)).containsExactly(new double[] {0, 0, 0, 1}, within(1e-6));
        assertThat(Sampler.likeliest(new float[] {1, 2, 2})).isEqualTo(1);
    }

    @Test
    void drawsFromTheDistribution() {
        assertThat(shares(Sampling.random(1, 1))).containsExactly(new double[] {.1, .2, .3, .4}, within(.02));
    }

    @Test
    void aLowTemperatureSharpensIt() {
        // Squared: 1, 4, 9, 16 of 30
        assertThat(shares(Sampling.random(.5, 1)))
                .containsExactly(new double[] {1 / 30., 4 / 30., 9 / 30., 16 / 30.}, within(.02));
    }

    @Test
    void topKTopPAndMinPCutItsEnd() {
        assertThat(shares(new Sampling(1, 1, 2, 0, 1, 1, 0, 0)))
                .containsExactly(new double[] {0, 0, 3 / 7., 4 / 7.}, within(.02));
        assertThat(shares(new Sampling(1, .65, 0, 0, 1, 1, 0, 0)))
                .containsExactly(new double[] {0, 0, 3 / 7., 4 / 7.}, within(.02));
        assertThat(shares(new Sampling(1, .75, 0, 0, 1, 1, 0, 0)))
                .containsExactly(new double[] {0, 2 / 9., 3 / 9., 4 / 9.}, within(.02));
        assertThat(shares(new Sampling(1, 1, 0, .6, 1, 1, 0, 0)))
                .containsExactly(new double[] {0, 0, 3 / 7., 4 / 7.}, within(.02));
    }

    @Test
    void aSeedRepeatsItself() {
        Sampler one = new Sampler(Sampling.random(1, 9), new Tokens());
        Sampler two = new Sampler(Sampling.random(1, 9), new Tokens());
        assertThat(IntStream.range(0, 100).map(_ -> one.sample(logits())).toArray())
                .isEqualTo(
                        IntStream.range(0, 100).map(_ -> two.sample(logits())).toArray());
    }

    @Test
    void penaltiesDisfavourWhatWasThere() {
        Sampler repeated = new Sampler(new Sampling(0, 1, 0, 0, 0, 2, 0, 0), new Tokens(3));
        assertThat(repeated.sample(new float[] {0, 0, .8f, 1})).isEqualTo(2);
        Sampler present = new Sampler(new Sampling(0, 1, 0, 0, 0, 1, 1, 0), new Tokens(3));
        assertThat(present.sample(new float[] {0, 0, .8f, 1})).isEqualTo(3);
        assertThat(present.sample(new float[] {0, 0, .8f, 1})).isEqualTo(2);
        Sampler frequent = new Sampler(new Sampling(0, 1, 0, 0, 0, 1, 0, .15), new Tokens());
        assertThat(IntStream.range(0, 3)
                        .map(_ -> frequent.sample(new float[] {0, 0, .8f, 1}))
                        .toArray())
                .containsExactly(3, 3, 2);
    }
}
