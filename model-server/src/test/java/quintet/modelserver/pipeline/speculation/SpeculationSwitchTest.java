package quintet.modelserver.pipeline.speculation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeculationSwitchTest {
    private final SpeculationSwitch speculation = new SpeculationSwitch(8, 0.3);

    @Test
    void guessesGrowWhileTheyAreRight() {
        assertThat(speculation.length()).isEqualTo(4);
        speculation.observe(4, 4, 5);
        assertThat(speculation.length()).isEqualTo(8);
        speculation.observe(8, 8, 9);
        assertThat(speculation.length()).isEqualTo(8);
    }

    @Test
    void andShrinkToWhatWasRight() {
        speculation.observe(4, 2, 3);
        assertThat(speculation.length()).isEqualTo(3);
    }

    @Test
    void isSwitchedOffWhereItDoesNotPayAndTriedAgain() {
        for (int i = 0; i < 4; i++) {
            assertThat(speculation.length()).isPositive();
            speculation.observe(4, 0, 1);
        }
        assertThat(speculation.length()).isZero();
        for (int token = 0; token < 16; token++) {
            assertThat(speculation.length()).isZero();
            speculation.observe(0, 0, 1);
        }
        assertThat(speculation.length()).isPositive();
    }

    @Test
    void pausesGrow() {
        int first = pause();
        int second = pause();
        assertThat(first).isEqualTo(16);
        assertThat(second).isEqualTo(32);
        for (int i = 0; i < 10; i++) {
            pause();
        }
        assertThat(pause()).isEqualTo(SpeculationSwitch.LONGEST_PAUSE);
    }

    private int pause() {
        while (speculation.length() > 0) {
            speculation.observe(1, 0, 1);
        }
        int tokens = 0;
        while (speculation.length() == 0) {
            speculation.observe(0, 0, 1);
            tokens++;
        }
        return tokens;
    }

    @Test
    void neverIsNever() {
        SpeculationSwitch off = new SpeculationSwitch(0, 0);
        off.observe(0, 0, 1);
        assertThat(off.length()).isZero();
    }
}
