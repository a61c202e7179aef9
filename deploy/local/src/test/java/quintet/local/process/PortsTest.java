package quintet.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void takesTheNextPortWhenThePreferredOneIsTaken() throws Exception {
        int port = new Ports().any();
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(new Ports().preferring(port)).isGreaterThan(port);
        }
    }

    @Test
    void givesAPortOnlyOnce() {
        Ports ports = new Ports();
        int port = ports.any();

        assertThat(ports.preferring(port)).isNotEqualTo(port);
    }

    @Test
    void givesNobodyAReservedPort() {
        Ports ports = new Ports();
        int port = ports.reserve(new Ports().any());

        assertThat(ports.preferring(port)).isNotEqualTo(port);
    }

    @Test
    void saysWhoListens() throws Exception {
        int port = new Ports().any();
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(PortOwner.describe(port))
                    .hasValueSatisfying(owner -> assertThat(owner)
                            .contains("process " + ProcessHandle.current().pid())
                            .contains("java"));
        }
        assertThat(PortOwner.describe(port)).isEmpty();
    }
}
