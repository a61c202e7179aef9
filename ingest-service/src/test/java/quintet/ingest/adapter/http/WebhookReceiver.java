package quintet.ingest.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import quintet.ingest.TestConfigs;
import quintet.ingest.port.Webhook;

/** A program that takes the webhook's requests, with the statuses that a test wants it to answer, then 204. */
public final class WebhookReceiver implements AutoCloseable {
    public static final String SECRET = "a secret of a test";

    public final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    public final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** A request as it came. */
    public record Request(String path, String id, @Nullable String signature, String body) {}

    public WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(new Request(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Webhook-Id")),
                    exchange.getRequestHeaders().getFirst("Webhook-Signature"),
                    new String(body, UTF_8)));
            Integer status = statuses.poll();
            int answer = status == null ? 204 : status;
            if (answer == 302) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            if (answer == 599) {
                exchange.sendResponseHeaders(200, 0);
                return;
            }
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
    }

    /** Returns the webhook that sends here. */
    public Webhook webhook(Path folder) throws IOException {
        return webhook(folder, "20s");
    }

    Webhook webhook(Path folder, String timeout) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        return new HttpWebhook(
                TestConfigs.of(
                        WebhookConfig.class,
                        Map.of(
                                "quintet.ingest.webhook.url",
                                "http://127.0.0.1:%d/hook"
                                        .formatted(server.getAddress().getPort()),
                                "quintet.ingest.webhook.secret-file",
                                secret.toString(),
                                "quintet.ingest.webhook.timeout",
                                timeout)),
                mapper());
    }

    static ObjectMapper mapper() {
        return new ObjectMapper()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
