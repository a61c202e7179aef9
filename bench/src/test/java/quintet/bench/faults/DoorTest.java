package quintet.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class DoorTest {
    @Test
    void takesNoAnswerForAnAnswer() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (Door door = new Door(nobody)) {
            Door.Reply reply = door.delete(new Subject("c", 1));

            assertThat(reply.isSuccess()).isFalse();
            assertThat(reply.isRefusal()).isFalse();
            assertThat(door.troubles()).containsEntry("DELETE ConnectException", 1);
        }
    }
}
