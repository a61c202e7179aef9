package quintet.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final List<String> bodies = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/answers", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksWithAFilterOnlyWhereThereIsOne() throws Exception {
        URI door = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        assertThat(new Answers(door, "hr").ask("Why?")).isEmpty();
        assertThat(new Answers(door, "hr", "author = \"Kim\"").ask("Why?")).isEmpty();
        assertThat(bodies)
                .containsExactly(
                        "{\"collection\":\"hr\",\"question\":\"Why?\"}",
                        "{\"collection\":\"hr\",\"question\":\"Why?\",\"filter\":\"author = \\\"Kim\\\"\"}");
    }
}
