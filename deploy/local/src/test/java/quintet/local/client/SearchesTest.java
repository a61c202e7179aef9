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

class SearchesTest {
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private Searches searches;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        searches = new Searches(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "hr");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksForNoMoreThanItIsTold() throws Exception {
        assertThat(searches.search("Why?")).isEmpty();
        assertThat(searches.search(new Searches.Asked("Why?", 3, "lexical", "author = Kim", true)))
                .isEmpty();
        assertThat(requests)
                .containsExactly(
                        "/v1/collections/hr/search {\"query\":\"Why?\"}",
                        "/v1/collections/hr/search {\"query\":\"Why?\",\"topK\":3,\"mode\":\"lexical\","
                                + "\"filter\":\"author = Kim\",\"explain\":true}");
    }

    @Test
    void replaysBySearchId() throws Exception {
        assertThat(searches.replay("a/b", true)).isEmpty();
        assertThat(requests).containsExactly("/v1/collections/hr/searches/a%2Fb/replay?explain=true ");
    }
}
