package quintet.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTimeoutTest {
    @ParameterizedTest
    @CsvSource({
        "1n, 1",
        "235158u, 235158000",
        "20m, 20000000",
        "3S, 3000000000",
        "2M, 120000000000",
        "1H, 3600000000000"
    })
    void readsDigitsAndUnit(String header, long nanos) {
        assertThat(GrpcTimeout.nanos(header)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "-1S", "1", "1x", "123456789S", "aS"})
    void treatsAnUnreadableValueAsNone(String header) {
        assertThat(GrpcTimeout.nanos(header)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void doesNotOverflow() {
        assertThat(GrpcTimeout.nanos("99999999H")).isEqualTo(Long.MAX_VALUE);
    }
}
