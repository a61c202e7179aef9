package quintet.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.local.part.PartStatus;
import quintet.local.part.Service;
import quintet.local.part.StatusBoard;
import quintet.local.process.Ports;

class DoorIT {
    private static final int MIB = 1 << 20;

    private final Ports ports = new Ports();
    private final int port = ports.any();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CompletableFuture<Void> firstEventRead = new CompletableFuture<>();
    private ServerSocket silent;
    private HttpServer upstream;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        upstream = HttpServer.create(new InetSocketAddress("127.0.0.1", ports.any()), 0);
        upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        upstream.createContext("/v1/answers", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write("event: token\ndata: one\n\n".getBytes());
            out.flush();
            firstEventRead.join();
            out.write("event: token\ndata: more\n\n".getBytes());
            exchange.close();
        });
        upstream.createContext("/echo", exchange -> {
            long bytes = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            byte[] answer = (bytes + " " + exchange.getRequestHeaders().getFirst("Host") + " "
                            + exchange.getRequestHeaders().getFirst("X-forwarded-for"))
                    .getBytes();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        upstream.createContext("/empty", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        upstream.createContext("/broken", exchange -> {
            throw new IllegalStateException("no answer at all");
        });
        upstream.start();
        Map<Service, Integer> services = new EnumMap<>(Service.class);
        services.put(Service.GENERATE, upstream.getAddress().getPort());
        silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        services.put(Service.RETRIEVE, silent.getLocalPort());
        services.put(Service.RERANK, ports.any());
        StatusBoard board = new StatusBoard();
        board.add(PartStatus.waiting(Door.NAME, port));
        door = new Door("127.0.0.1", port, new Routes(services), new CallerRules("127.0.0.1", List.of()), board);
        door.start();
    }

    @AfterEach
    void close() throws IOException {
        silent.close();
        firstEventRead.complete(null);
        door.stop();
        upstream.stop(0);
    }

    @Test
    void streamsEventsAsTheyCome() throws Exception {
        HttpResponse<InputStream> response = http.send(post("/v1/answers"), BodyHandlers.ofInputStream());
        try (InputStream events = response.body()) {
            // The service goes on only after this has arrived.
            assertThat(new String(events.readNBytes(24), StandardCharsets.UTF_8))
                    .isEqualTo("event: token\ndata: one\n\n");
            firstEventRead.complete(null);
            assertThat(new String(events.readNBytes(25), StandardCharsets.UTF_8))
                    .isEqualTo("event: token\ndata: more\n\n");
        }
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancelsTheWorkOfACallerWhoLeavesWhileNothingIsBeingSent(boolean begun) throws Exception {
        CompletableFuture<Void> working = new CompletableFuture<>();
        CompletableFuture<Integer> cancelled = CompletableFuture.supplyAsync(() -> workAndListen(begun, working));
        try (Socket caller = new Socket("127.0.0.1", port)) {
            caller.getOutputStream()
                    .write(("GET /v1/collections/a/search HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
                            .getBytes());
            working.get(10, TimeUnit.SECONDS);
            if (begun) {
                assertThat(caller.getInputStream().read()).isEqualTo('H');
            }
        }

        assertThat(cancelled.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
        door.stop();
        assertThat(door.requestsUnderWay()).isZero();
    }

    /** A service that takes a request, perhaps begins to answer, and then hears whether anybody is still there. */
    private int workAndListen(boolean begin, CompletableFuture<Void> working) {
        try (Socket connection = silent.accept()) {
            InputStream in = connection.getInputStream();
            int ends = 0;
            while (ends < 4) {
                ends = "\r\n".indexOf(in.read()) >= 0 ? ends + 1 : 0;
            }
            if (begin) {
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n".getBytes());
            }
            working.complete(null);
            return in.read();
        } catch (IOException e) {
            // A reset tells the same as an end.
            return -1;
        }
    }

    @Test
    void passesAHundredMebibytesThroughWithoutKeepingThem() throws Exception {
        long before = usedMemory();
        byte[] block = new byte[MIB];
        HttpRequest request = HttpRequest.newBuilder(uri("/echo"))
                .POST(BodyPublishers.ofByteArrays(() -> java.util.stream.IntStream.range(0, 100)
                        .mapToObj(_ -> block)
                        .iterator()))
                .build();

        String answer = http.send(request, BodyHandlers.ofString()).body();

        assertThat(answer).startsWith(100L * MIB + " ");
        assertThat(usedMemory() - before).isLessThan(60L * MIB);
    }

    @Test
    void keepsTheNameTheCallerUsedAndDropsWhatHeSaysAboutProxies() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/echo"))
                .header("X-Forwarded-For", "10.0.0.1")
                .POST(BodyPublishers.ofString("abc"))
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo("3 localhost:" + port + " null");
    }

    @Test
    void passesAnswersWithoutABodyOn() throws Exception {
        HttpResponse<String> response = http.send(post("/empty"), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
    }

    @Test
    void saysThatAServiceIsDown() throws Exception {
        HttpResponse<String> response = http.send(post("/v1/rerank"), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).contains("\"reason\":\"SERVICE_UNAVAILABLE\"", "rerank");
    }

    @Test
    void saysThatAServiceBrokeOff() throws Exception {
        HttpResponse<String> response = http.send(post("/broken"), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"reason\":\"SERVICE_FAILED\"");
    }

    @Test
    void refusesAPageOfAnotherSite() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/echo"))
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString("{}"))
                .build();

        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("\"reason\":\"CROSS_ORIGIN\"");
    }

    @Test
    void hidesHealthAndMetrics() throws Exception {
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(uri("/q/metrics")).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"reason\":\"NOT_FOUND\"");
    }

    private HttpRequest post(String path) {
        return HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()).build();
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
