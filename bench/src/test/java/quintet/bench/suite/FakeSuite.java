package quintet.bench.suite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A front door that gives prepared replies and keeps what it was asked. */
final class FakeSuite implements AutoCloseable {
    private record Reply(int status, String body) {}

    private final Map<String, List<Reply>> replies = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    FakeSuite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Prepares replies for a method and a path, or a method alone; the last one is given for ever. */
    FakeSuite on(String methodAndPath, int status, String body) {
        replies.computeIfAbsent(methodAndPath, _ -> new CopyOnWriteArrayList<>())
                .add(new Reply(status, body));
        return this;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Method, path and body of each request. */
    List<String> requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            requests.add(asked + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            List<Reply> prepared = replies.getOrDefault(
                    asked,
                    replies.getOrDefault(
                            exchange.getRequestMethod(), List.of(new Reply(404, "{\"reason\":\"NOT_PREPARED\"}"))));
            Reply reply = prepared.size() > 1 ? prepared.removeFirst() : prepared.getFirst();
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "0");
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
