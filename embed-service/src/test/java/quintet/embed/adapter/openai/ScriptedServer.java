package quintet.embed.adapter.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An embedding server that gives {@code [3, 4 x length]} for a text, last ones first, unless it is told to do otherwise. */
final class ScriptedServer implements AutoCloseable {
    /** The texts of each request, in the order of their arrival. */
    final List<List<String>> requests = new CopyOnWriteArrayList<>();

    volatile @Nullable String authorization;

    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    /** Answers a request. */
    interface Reply {
        void to(HttpExchange exchange, List<String> texts) throws Exception;
    }

    ScriptedServer() throws IOException {
        this(0);
    }

    ScriptedServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/embeddings", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort()));
    }

    /** Says how the next request that has no reply yet is answered. */
    void next(Reply reply) {
        script.add(reply);
    }

    void next(int status, String... header) {
        next((exchange, _) -> {
            if (header.length == 2) {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
            exchange.sendResponseHeaders(status, -1);
        });
    }

    void next(String body) {
        next((exchange, _) -> send(exchange, body));
    }

    static void answer(HttpExchange exchange, List<String> texts) throws IOException {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            items.add("{\"index\":%d,\"embedding\":[3,%d]}"
                    .formatted(i, 4 * texts.get(i).length()));
        }
        Collections.reverse(items);
        send(exchange, "{\"model\":\"remote\",\"data\":[%s]}".formatted(String.join(",", items)));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
            List<String> texts = new ArrayList<>();
            body.get("input").forEach(text -> texts.add(text.textValue()));
            requests.add(texts);
            Reply reply = script.poll();
            try {
                (reply == null ? (Reply) ScriptedServer::answer : reply).to(exchange, texts);
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
