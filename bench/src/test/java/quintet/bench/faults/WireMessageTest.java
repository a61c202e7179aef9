package quintet.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against the examples in protobuf's description of its encoding. */
class WireMessageTest {
    @Test
    void writesWhatProtobufWrites() {
        assertThat(hex(new WireMessage().number(1, 150))).isEqualTo("089601");
        assertThat(hex(new WireMessage().string(2, "testing"))).isEqualTo("120774657374696e67");
        assertThat(hex(new WireMessage().message(3, new WireMessage().number(1, 150))))
                .isEqualTo("1a03089601");
        assertThat(hex(new WireMessage().number(1, -2))).isEqualTo("08feffffffffffffffff01");
    }

    private static String hex(WireMessage message) {
        return HexFormat.of().formatHex(message.toBytes());
    }
}
