package quintet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void explainsEachCommand() {
        assertThat(Main.run("--help")).isZero();
        assertThat(Main.run("quality", "--help")).isZero();
        assertThat(Main.run("rerank", "--help")).isZero();
        assertThat(Main.run("compress", "--help")).isZero();
        assertThat(Main.run("speed", "--help")).isZero();
        assertThat(Main.run("faults", "--help")).isZero();
        assertThat(Main.run("retrieval", "--help")).isZero();
        assertThat(Main.run("gateway", "--help")).isZero();
        assertThat(Main.run("model-server", "--help")).isZero();
    }

    @Test
    void tellsAWrongCommandLineFromAMeasurementThatFailed() {
        assertThat(Main.run("quality", "--queries", "0")).isEqualTo(2);
        assertThat(Main.run("faults", "--documents", "0")).isEqualTo(2);
        assertThat(Main.run("rerank", "--candidates", "257")).isEqualTo(2);
        assertThat(Main.run("compress", "--thresholds", "2")).isEqualTo(2);
        assertThat(Main.run("retrieval", "--rounds", "0")).isEqualTo(2);
        assertThat(Main.run("gateway", "--streams", "0,16")).isEqualTo(2);
        assertThat(Main.run("model-server", "--streams", "0")).isEqualTo(2);
        assertThat(Main.run("model-server", "--width", "100")).isEqualTo(2);
        assertThat(Main.run("model-server", "http://127.0.0.1:1/v1")).isEqualTo(1);
        assertThat(Main.run("unknown")).isEqualTo(2);
        assertThat(Main.run()).isEqualTo(2);
        assertThat(Main.run("quality", "--url", "http://127.0.0.1:1")).isEqualTo(1);
    }
}
