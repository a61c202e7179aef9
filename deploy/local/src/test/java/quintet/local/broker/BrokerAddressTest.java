package quintet.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BrokerAddressTest {
    @Test
    void readsWhatRabbitMqClientsWrite() {
        assertThat(BrokerAddress.parse("amqp://u:p%40ss+word@mq.example:5673/team%2Fa"))
                .isEqualTo(new BrokerAddress("mq.example", 5673, "u", "p@ss+word", "team/a", false));
        assertThat(BrokerAddress.parse("amqps://u:p@mq.example"))
                .isEqualTo(new BrokerAddress("mq.example", 5671, "u", "p", "/", true));
        assertThat(BrokerAddress.parse("amqp://mq.example/"))
                .isEqualTo(new BrokerAddress("mq.example", 5672, "guest", "guest", "/", false));
    }

    @Test
    void refusesOtherAddressesWithoutRepeatingTheirPassword() {
        assertThatThrownBy(() -> BrokerAddress.parse("http://u:secret@mq.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("amqp://")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> BrokerAddress.parse("amqp://u:sec ret@mq.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("sec ret");
    }

    @Test
    void doesNotShowThePassword() {
        assertThat(BrokerAddress.parse("amqp://u:secret@mq.example")).asString().doesNotContain("secret");
    }
}
