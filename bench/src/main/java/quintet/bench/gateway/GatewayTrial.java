package quintet.bench.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import quintet.bench.report.Progress;
import quintet.bench.suite.SuiteException;

/** A scripted model server, nginx and generate-service as processes of their own, and the load on them. */
public final class GatewayTrial {
    private final Path home;
    private final int tokens;
    private final Duration firstToken;
    private final Duration between;
    private final Progress progress;
    private final List<ChildProcess> children = new ArrayList<>();

    /**
     * Prepares a trial; starts nothing.
     *
     * @param home folder of the checkout, built
     * @param tokens of each answer
     * @param firstToken time that the model server takes to the first token
     * @param between time between two tokens
     */
    public GatewayTrial(Path home, int tokens, Duration firstToken, Duration between, Progress progress) {
        this.home = home;
        this.tokens = tokens;
        this.firstToken = firstToken;
        this.between = between;
        this.progress = progress;
    }

    /** Measures each number of streams, so many rounds. */
    public void run(List<Integer> streamCounts, int rounds, PrintStream out, ObjectNode figures) throws IOException {
        Path scratch = Files.createTempDirectory("quintet-gateway");
        Vertx vertx = Vertx.vertx();
        try {
            new GatewayMeasurement(targets(vertx, scratch), new StreamLoad(vertx), tokens, rounds, progress)
                    .measure(streamCounts, out, figures);
        } finally {
            children.reversed().forEach(ChildProcess::close);
            vertx.close().toCompletionStage().toCompletableFuture().join();
            delete(scratch);
        }
    }

    private List<Target> targets(Vertx vertx, Path scratch) throws IOException {
        int modelPort = freePort();
        var _ = start("model-server", mock(modelPort), Map.of(), scratch, modelPort);
        String question =
                "{\"model\":\"default\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
        String prompt = question.formatted(CannedServices.passages());
        List<Target> targets = new ArrayList<>();
        targets.add(new Target("direct", modelPort, prompt, () -> Duration.ZERO));
        Optional<Path> nginx = nginx();
        if (nginx.isPresent()) {
            int port = freePort();
            Path configuration = NginxConfiguration.write(scratch, port, modelPort);
            List<String> command = List.of(
                    nginx.get().toString(), "-p", scratch.toString(), "-c", configuration.toString(), "-e", "stderr");
            ChildProcess proxy = start("nginx", command, Map.of(), scratch, port);
            targets.add(new Target("nginx", port, prompt, proxy::processorTime));
        } else {
            progress.say("There is no nginx on the PATH (Debian: apt install nginx-light), so none is measured.");
        }
        int port = freePort();
        ChildProcess service = start("generate-service", service(), environment(vertx, port, modelPort), scratch, port);
        targets.add(new Target(
                "generate-service",
                port,
                question.formatted("What is paid out with the salary?"),
                service::processorTime));
        return targets;
    }

    private ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path scratch, int port) {
        progress.say("  starting " + name);
        ChildProcess child = ChildProcess.start(name, command, environment, scratch, port);
        children.add(child);
        return child;
    }

    private List<String> mock(int port) {
        return List.of(
                java(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "quintet.mock.Main",
                "--port",
                String.valueOf(port),
                "--slots",
                "4096",
                "--tokens",
                String.valueOf(tokens),
                "--first-ms",
                String.valueOf(firstToken.toMillis()),
                "--between-ms",
                String.valueOf(between.toMillis()),
                "--stamped",
                "true");
    }

    private List<String> service() {
        Path jar = home.resolve("generate-service/target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new SuiteException("there is no " + jar + ": build it first, ./quintet bench does");
        }
        return List.of(java(), "-Xmx512m", "-jar", jar.toString());
    }

    private static Map<String, String> environment(Vertx vertx, int port, int modelPort) {
        String canned = String.valueOf(CannedServices.start(vertx));
        return Map.of(
                "QUINTET_HTTP_PORT",
                String.valueOf(port),
                "QUINTET_RETRIEVE_PORT",
                canned,
                "QUINTET_RERANK_PORT",
                canned,
                "QUINTET_MODEL_SERVER_URL",
                "http://127.0.0.1:%d/v1".formatted(modelPort),
                "QUINTET_MODEL_SERVER_MODEL",
                "mock",
                "QUINTET_GENERATE_MAX_CONCURRENT_ANSWERS",
                "4096",
                "QUINTET_GENERATE_GATEWAY_STREAMS_PER_REPLICA",
                "4096",
                "QUINTET_LOG_JSON",
                "false");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Optional<Path> nginx() {
        return Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
