package quintet.generate.pipeline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import quintet.generate.model.ReplicaLoad;

class StreamLimitTest {
    private final StreamLimit limit = new StreamLimit(64);
    private long look;

    @Test
    void shrinksToWhatTheServerWorksOnWhenRequestsKeepWaiting() {
        look(8, 12, 20);
        assertThat(limit.value()).isEqualTo(64);
        look(8, 12, 20);
        assertThat(limit.value()).isEqualTo(8);
    }

    @Test
    void takesItsPartWhereOthersSendToTheSameServer() {
        look(8, 12, 10);
        look(8, 12, 10);
        assertThat(limit.value()).isEqualTo(4);
    }

    @Test
    void growsByAnEighthWhileItIsWhatKeepsOthersBack() {
        look(8, 1, 9);
        look(8, 1, 9);
        assertThat(limit.value()).isEqualTo(8);
        look(7, 0, 7);
        assertThat(limit.value()).isEqualTo(8);
        look(8, 0, 8);
        assertThat(limit.value()).isEqualTo(9);
        look(9, 0, 9);
        assertThat(limit.value()).isEqualTo(10);
    }

    @Test
    void counts429AndStaysAboveZero() {
        limit.refused(3);
        assertThat(limit.value()).isEqualTo(3);
        limit.refused(0);
        assertThat(limit.value()).isEqualTo(1);
        look(0, 5, 0);
        look(0, 5, 0);
        assertThat(limit.value()).isEqualTo(1);
    }

    @Test
    void staysWithoutMetricsAndLooksOnceAtEachLook() {
        limit.look(ReplicaLoad.bare(true, 1), 100);
        look = 2;
        ReplicaLoad same = load(1, 5);
        limit.look(same, 6);
        limit.look(same, 6);
        assertThat(limit.value()).isEqualTo(64);
    }

    private void look(double running, double waiting, int streams) {
        look++;
        limit.look(load(running, waiting), streams);
    }

    private ReplicaLoad load(double running, double waiting) {
        OptionalDouble none = OptionalDouble.empty();
        return new ReplicaLoad(true, look, OptionalDouble.of(running), OptionalDouble.of(waiting), none, none, none);
    }
}
