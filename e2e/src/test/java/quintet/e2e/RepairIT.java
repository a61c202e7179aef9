package quintet.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quintet.e2e.Suite.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was lost or spoiled behind the services' backs comes back, or is shown to a person who can repair it. */
class RepairIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    static Path data;

    private static Suite suite;

    @BeforeAll
    static void start() {
        suite = new Suite(data).up();
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @Test
    void bringsBackAnIndexThatWasLostAndTakesAwayOneThatShouldBeGone() throws Exception {
        for (int i = 0; i < 5; i++) {
            store("lost", "kept" + i);
            store("extra", "gone" + i);
        }
        assertThat(found("lost")).hasSize(5);
        Path index = data.resolve("data/retrieve/index");
        suite.quintet("down");
        copy(index.resolve("extra"), data.resolve("extra.copy"));
        suite.up();
        for (int i = 0; i < 5; i++) {
            assertThat(suite.delete(Suite.documents("extra") + "/gone" + i).statusCode())
                    .isEqualTo(202);
        }
        await().atMost(LIMIT).until(() -> found("extra").isEmpty());
        suite.quintet("down");
        delete(index.resolve("lost"));
        delete(index.resolve("extra"));
        copy(data.resolve("extra.copy"), index.resolve("extra"));
        suite.up();
        assertThat(found("extra")).as("brought back behind everybody's back").hasSize(5);

        Map<String, String> repaired = reconcile("--grace", "0");

        assertThat(repaired).hasSize(10);
        for (int i = 0; i < 5; i++) {
            assertThat(repaired)
                    .containsEntry("kept" + i, "MISSING HEALED")
                    .containsEntry("gone" + i, "RESURRECTED HEALED");
        }
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(found("lost")).hasSize(5);
            assertThat(found("extra")).isEmpty();
        });
        assertThat(reconcile("--grace", "0")).isEmpty();
    }

    @Test
    void showsReplaysAndDropsWhatCouldNotBeHandled() throws Exception {
        onBroker(channel -> channel.basicPublish("", "embed.chunks-created", null, "no protobuf".getBytes(UTF_8)));
        await().atMost(LIMIT).until(() -> letters().size() == 1);
        JsonNode letter = letters().getFirst();
        assertThat(letter.path("queue").asText()).isEqualTo("embed.chunks-created");
        assertThat(letter.path("reason").asText()).isEqualTo("MALFORMED_MESSAGE");
        assertThat(letter.path("stage").asText()).isEqualTo("EMBED");
        assertThat(letter.path("attempts").asInt()).isOne();
        String id = letter.path("id").asText();

        Suite.Result shown = suite.quintet("dead-letters", "show", id);
        assertThat(shown.exitCode()).as(shown.output()).isZero();
        assertThat(shown.output()).contains("MALFORMED_MESSAGE");
        assertThat(suite.quintet("dead-letters", "drop").exitCode()).isEqualTo(2);
        assertThat(suite.quintet("dead-letters", "drop", "--queue", "embed.chunks-created")
                        .exitCode())
                .as("without --yes")
                .isEqualTo(2);
        assertThat(suite.quintet("dead-letters", "replay", "0123456789ab").exitCode())
                .as("no such letter")
                .isEqualTo(1);

        assertThat(suite.quintet("dead-letters", "replay", id).exitCode()).isZero();
        await().atMost(LIMIT).until(() -> letters().size() == 1);
        assertThat(suite.quintet("dead-letters", "drop", id).exitCode()).isZero();
        assertThat(letters()).isEmpty();
    }

    private static void store(String collection, String id) {
        suite.putText(collection, id, "Note " + id, "A note about " + id + ".");
        assertThat(suite.settled(collection, id).path("state").asText()).isEqualTo("READY");
    }

    private static List<String> found(String collection) {
        HttpResponse<String> response =
                suite.post("/v1/collections/" + collection + "/search", "{\"query\":\"note document\",\"topK\":100}");
        if (response.statusCode() == 404) {
            return List.of();
        }
        return StreamSupport.stream(json(response, 200).path("hits").spliterator(), false)
                .map(hit -> hit.path("documentId").asText())
                .toList();
    }

    private static Map<String, String> reconcile(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("reconcile", "--json"));
        command.addAll(List.of(options));
        Suite.Result result = suite.quintet(command.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.output()).isZero();
        return StreamSupport.stream(
                        Suite.JSON.readTree(result.output()).path("findings").spliterator(), false)
                .collect(Collectors.toMap(
                        finding -> finding.path("documentId").asText(),
                        finding -> finding.path("drift").asText() + " "
                                + finding.path("outcome").asText()));
    }

    private static List<JsonNode> letters() throws IOException {
        Suite.Result result = suite.quintet("dead-letters", "list", "--json");
        assertThat(result.exitCode()).as(result.output()).isZero();
        return StreamSupport.stream(Suite.JSON.readTree(result.output()).spliterator(), false)
                .toList();
    }

    private interface OnBroker {
        void run(Channel channel) throws Exception;
    }

    private static void onBroker(OnBroker work) throws Exception {
        JsonNode address = Suite.JSON.readTree(data.resolve("run/broker.json").toFile());
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(address.path("host").asText());
        factory.setPort(address.path("port").asInt());
        factory.setUsername(address.path("username").asText());
        factory.setPassword(address.path("password").asText());
        factory.setVirtualHost(address.path("virtualHost").asText());
        try (Connection connection = factory.newConnection("e2e");
                Channel channel = connection.createChannel()) {
            work.run(channel);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList().reversed()) {
                Files.delete(file);
            }
        }
    }
}
