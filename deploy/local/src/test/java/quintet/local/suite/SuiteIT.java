package quintet.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.local.broker.BrokerAddress;
import quintet.local.database.DatabaseAddress;
import quintet.local.part.PartState;
import quintet.local.part.PartStatus;
import quintet.local.part.Service;
import quintet.local.process.Processes;
import tools.jackson.databind.json.JsonMapper;

class SuiteIT {
    @TempDir
    Path folder;

    private Installation installation;
    private DataFolder data;
    private SuiteSettings settings;

    @BeforeEach
    void prepare() throws IOException {
        installation = TinyInstallation.in(folder.resolve("home"));
        data = new DataFolder(folder.resolve("data"));
        settings = SuiteSettings.onFreePorts(data.root());
    }

    @Test
    void startsEverythingAndTellsTheServicesWhereTheOthersAre() throws Exception {
        SuiteSettings custom = settings.withEnvironment(Service.RERANK, Map.of("QUINTET_RERANK_X", "mine"));
        try (Suite suite = Suite.start(installation, custom)) {
            Map<String, Integer> ports = new java.util.HashMap<>();
            suite.board().snapshot().forEach(part -> ports.put(part.name(), part.port()));

            assertThat(suite.board().snapshot()).extracting(PartStatus::state).containsOnly(PartState.READY);
            assertThat(ask(suite.url(), "/v1/rerank?QUINTET_RERANK_X")).isEqualTo("mine");
            assertThat(ask(suite.url(), "/v1/answers?QUINTET_RETRIEVE_PORT"))
                    .isEqualTo(ports.get("retrieve").toString());
            assertThat(ask(suite.url(), "/v1/answers?QUINTET_RABBITMQ_PASSWORD"))
                    .isEqualTo("null");
            assertThat(ask(suite.url(), "/v1/embeddings?QUINTET_RABBITMQ_PORT"))
                    .isEqualTo(ports.get("broker").toString());
            assertThat(ask(suite.url(), "/v1/collections/a/documents?QUINTET_POSTGRES_URL"))
                    .contains(":" + ports.get("postgres") + "/");
            assertThat(ask(suite.url(), "/v1/collections/a/search?QUINTET_DATA_DIR"))
                    .isEqualTo(data.of(Service.RETRIEVE).toString());
        }
        assertThat(Leftovers.of(data).find()).isEmpty();
    }

    @Test
    void keepsPasswordsFromCommandLinesAndFromOthers() throws Exception {
        try (Suite suite = Suite.start(installation, settings)) {
            List<String> passwords =
                    List.of(data.secrets().password("broker"), data.secrets().password("postgres"));
            assertThat(suite.board().snapshot().stream()
                            .flatMap(part -> ProcessHandle.of(part.pid()).stream())
                            .map(process -> process.info().commandLine().orElse("")))
                    .noneMatch(line -> passwords.stream().anyMatch(line::contains));
        }
        try (Stream<Path> secrets = Files.list(data.root().resolve("secrets"))) {
            assertThat(secrets).hasSize(2).allMatch(SuiteIT::isForItsOwnerOnly);
        }
    }

    @Test
    void usesABrokerOfOnesOwnOnlyWhenItIsNamed() throws Exception {
        SuiteSettings own = settings.withBroker(BrokerAddress.parse("amqp://u:p@mq.example:5999/v"));
        try (Suite suite = Suite.start(installation, own)) {
            assertThat(suite.board().snapshot())
                    .extracting(PartStatus::name)
                    .doesNotContain("broker")
                    .contains("postgres");
            assertThat(ask(suite.url(), "/v1/embeddings?QUINTET_RABBITMQ_HOST")).isEqualTo("mq.example");
        }
    }

    @Test
    void runsAModelOfOnesOwnAndSendsQuestionsToIt() throws Exception {
        var model = new SuiteSettings.EmbeddedModel(
                Path.of("/models/tiny.gguf"),
                Optional.of(Path.of("/models/draft.gguf")),
                Optional.empty(),
                OptionalInt.of(2048));
        try (Suite suite = Suite.start(installation, settings.withEmbeddedModel(model))) {
            int port = suite.board().snapshot().stream()
                    .filter(part -> part.name().equals("model-server"))
                    .findFirst()
                    .orElseThrow()
                    .port();
            URI server = URI.create("http://127.0.0.1:" + port);
            assertThat(ask(suite.url(), "/v1/answers?QUINTET_MODEL_SERVER_URL")).isEqualTo(server + "/v1");
            assertThat(ask(suite.url(), "/v1/answers?QUINTET_MODEL_SERVER_MODEL"))
                    .isEqualTo("tiny");
            assertThat(ask(suite.url(), "/v1/answers?QUINTET_GENERATE_GATEWAY_FIRST_TOKEN_TIMEOUT"))
                    .isEqualTo("120s");
            assertThat(ask(server, "/?QUINTET_MODEL_FILE")).isEqualTo("/models/tiny.gguf");
            assertThat(ask(server, "/?QUINTET_DRAFT_FILE")).isEqualTo("/models/draft.gguf");
            assertThat(ask(server, "/?QUINTET_MODEL_CONTEXT_TOKENS")).isEqualTo("2048");
            assertThat(ask(server, "/?QUINTET_LLAMA_LIBRARY")).isEmpty();
            assertThat(ask(server, "/?OMP_WAIT_POLICY")).isEqualTo("PASSIVE");
        }
        assertThat(Leftovers.of(data).find()).isEmpty();
    }

    @Test
    void refusesASecondLauncherOnTheSameData() throws Exception {
        DatabaseAddress elsewhere = DatabaseAddress.parse("postgresql://u:p@db.example/d");
        try (Suite _ = Suite.start(installation, settings.withDatabase(elsewhere))) {
            assertThatThrownBy(() -> Suite.start(installation, settings)).isInstanceOf(AlreadyRunningException.class);
        }
    }

    @Test
    void leavesNothingBehindWhenItsLauncherIsKilled() throws Exception {
        Process launcher = launch();
        Collection<ProcessHandle> orphans =
                new ArrayList<>(Leftovers.of(data).find().values());
        launcher.destroyForcibly().waitFor();
        assertThat(orphans).hasSize(7).allMatch(Processes::isAlive);
        assertThat(SuiteStatus.ofRunning(data)).isEmpty();

        Process second = launch();

        assertThat(orphans).noneMatch(Processes::isAlive);
        second.destroyForcibly().waitFor();
        Collection<ProcessHandle> successors = Leftovers.of(data).find().values();
        assertThat(successors).hasSize(7);
        Leftovers.of(data).stop();
        assertThat(successors).noneMatch(Processes::isAlive);
        assertThat(Leftovers.of(data).find()).isEmpty();
    }

    @Test
    void stopsEverythingWhenItsLauncherIsAskedTo() throws Exception {
        Process launcher = launch();
        Collection<ProcessHandle> parts =
                new ArrayList<>(Leftovers.of(data).find().values());

        launcher.destroy();

        assertThat(launcher.waitFor()).isEqualTo(143);
        assertThat(parts).hasSize(7).noneMatch(Processes::isAlive);
        assertThat(data.statusFile()).doesNotExist();
    }

    /** A launcher in a process of its own that is ready. */
    private Process launch() throws IOException, InterruptedException {
        data.create();
        Process launcher = new ProcessBuilder(
                        Installation.java().toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-D" + Installation.HOME_PROPERTY + "=" + installation.home(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "quintet.local.cli.Main",
                        "supervise",
                        "--data",
                        data.root().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("launcher.log").toFile())
                .start();
        try (var input = launcher.getOutputStream()) {
            JsonMapper.shared().writeValue(input, settings);
        }
        // The file appears anew at every change; there is nobody to call back across processes.
        while (launcher.isAlive() && phase(launcher) != SuiteStatus.Phase.READY) {
            launcher.waitFor(50, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
        assertThat(launcher.isAlive())
                .withFailMessage(() -> "the launcher ended; see " + folder.resolve("launcher.log"))
                .isTrue();
        return launcher;
    }

    private SuiteStatus.Phase phase(Process launcher) {
        return SuiteStatus.ofRunning(data)
                .filter(status -> status.launcher().pid() == launcher.pid())
                .map(SuiteStatus::phase)
                .orElse(SuiteStatus.Phase.STARTING);
    }

    private static String ask(URI door, String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(door.resolve(path)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static boolean isForItsOwnerOnly(Path file) {
        try {
            return java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .equals("rw-------");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
