package quintet.embed.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UnitVectorTest {
    private static final UnitVector VECTOR = new UnitVector(0.6f, -0.48f, 0f, 0.64f);

    @Test
    void refusesWhatIsNotOfLengthOne() {
        assertThatThrownBy(() -> new UnitVector(1f, 1f)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnitVector(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isOfLengthOneAgainWhenItIsCut() {
        assertThat(VECTOR.cutTo(2).toArray()).containsExactly(new float[] {0.7808688f, -0.6246950f}, within(1e-6f));
        assertThat(VECTOR.cutTo(4)).isEqualTo(VECTOR);
        assertThatThrownBy(() -> new UnitVector(0f, 1f).cutTo(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fillsTheRangeOfSignedBytesByItsLargestValue() {
        assertThat(VECTOR.int8Scale()).isEqualTo(0.64f / 127);
        assertThat(VECTOR.toInt8()).containsExactly(119, -95, 0, 127);
        assertThat(new UnitVector(-1f).toInt8()).containsExactly(-127);
    }

    @Test
    void packsSignsFromTheHighestBitOn() {
        assertThat(VECTOR.toBits()).containsExactly(0b1001_0000);
        float third = (float) (1 / 3.0);
        assertThat(new UnitVector(-third, third, third, third, third, third, third, third, third).toBits())
                .containsExactly(0b0111_1111, 0b1000_0000);
    }
}
