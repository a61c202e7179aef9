package quintet.mock;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Starts a server by itself: {@code --port 8000 --slots 256 --tokens 100 --first-ms 50 --between-ms 20 --stamped true --metrics vllm}.
 * It says where it listens on standard output, in one line, and runs until it is stopped.
 */
public final class Main {
    private Main() {}

    /** Exits with 2 when the command line is wrong. */
    public static void main(String[] arguments) {
        Map<String, String> options = new HashMap<>(Map.of(
                "--port", "8000",
                "--slots", "256",
                "--tokens", "100",
                "--first-ms", "50",
                "--between-ms", "20",
                "--stamped", "false",
                "--metrics", "vllm"));
        for (int i = 0; i < arguments.length; i += 2) {
            if (!options.containsKey(arguments[i]) || i + 1 == arguments.length) {
                System.err.println("Options, each with a value: " + String.join(" ", options.keySet()));
                System.exit(2);
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        Script script = Script.words(number(options, "--tokens"))
                .paced(
                        Duration.ofMillis(number(options, "--first-ms")),
                        Duration.ofMillis(number(options, "--between-ms")));
        Script said = Boolean.parseBoolean(options.get("--stamped")) ? script.withStamps() : script;
        Dialect dialect = Dialect.valueOf(options.getOrDefault("--metrics", "").toUpperCase(Locale.ROOT));
        // It runs as long as the event loop does.
        @SuppressWarnings("resource")
        MockModelServer server = new MockModelServer(Vertx.vertx(), number(options, "--slots"), dialect, _ -> said);
        System.out.println(server.start(number(options, "--port")).url());
    }

    private static int number(Map<String, String> options, String name) {
        return Integer.parseInt(options.getOrDefault(name, ""));
    }
}
