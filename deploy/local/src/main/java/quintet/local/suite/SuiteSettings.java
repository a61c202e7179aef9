package quintet.local.suite;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import quintet.local.broker.BrokerAddress;
import quintet.local.database.DatabaseAddress;
import quintet.local.part.Service;

/**
 * How to run a suite.
 *
 * @param data folder with everything it keeps
 * @param host address that the front door listens on
 * @param port port of the front door; 0 for any free one, the services' then too
 * @param allowedHosts names, beside the usual ones of this machine, by which browsers may call it
 * @param broker a broker of one's own instead of the embedded one
 * @param database a PostgreSQL of one's own instead of the embedded one
 * @param modelServer a model server instead of extractive answers
 * @param embeddedModel a model that a process of the suite runs, in place of a model server
 * @param otlp where traces go, if anywhere
 * @param environment variables for single services, by {@link Service#label}; they win over all others
 */
public record SuiteSettings(
        Path data,
        String host,
        int port,
        List<String> allowedHosts,
        Optional<BrokerAddress> broker,
        Optional<DatabaseAddress> database,
        Optional<ModelServer> modelServer,
        Optional<EmbeddedModel> embeddedModel,
        Optional<URI> otlp,
        Map<String, Map<String, String>> environment) {
    /** The variable of a service that names the file with the keys of callers. */
    public static final String API_KEYS = "QUINTET_API_KEYS_FILE";

    /** How files of models end. */
    public static final String ENDING = ".gguf";

    public SuiteSettings {
        allowedHosts = List.copyOf(allowedHosts);
        environment = Map.copyOf(environment);
    }

    /**
     * OpenAI-compatible servers of one model.
     *
     * @param urls their bases, such as {@code http://127.0.0.1:8000/v1}, at least one
     * @param model name of the model
     * @param apiKeyFile file with the key, if they want one
     */
    public record ModelServer(List<URI> urls, String model, Optional<Path> apiKeyFile) {
        public ModelServer {
            urls = List.copyOf(urls);
        }
    }

    /**
     * A model in a GGUF file.
     *
     * @param file the model
     * @param draft a small one of the same family that guesses ahead
     * @param library a llama.cpp of one's own
     * @param contextTokens tokens that all answers under way have in memory together; the process's default if not said
     */
    public record EmbeddedModel(Path file, Optional<Path> draft, Optional<Path> library, OptionalInt contextTokens) {
        /** What it is called: its file without the ending. */
        String name() {
            String name = String.valueOf(file.getFileName());
            return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        }
    }

    /** Everything embedded, on free ports: for trials and tests beside whatever else is running. */
    public static SuiteSettings onFreePorts(Path data) {
        return new SuiteSettings(
                data,
                "127.0.0.1",
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** With a broker of one's own. */
    public SuiteSettings withBroker(BrokerAddress own) {
        return new SuiteSettings(
                data,
                host,
                port,
                allowedHosts,
                Optional.of(own),
                database,
                modelServer,
                embeddedModel,
                otlp,
                environment);
    }

    /** With a database of one's own. */
    public SuiteSettings withDatabase(DatabaseAddress own) {
        return new SuiteSettings(
                data,
                host,
                port,
                allowedHosts,
                broker,
                Optional.of(own),
                modelServer,
                embeddedModel,
                otlp,
                environment);
    }

    /** With a model server. */
    public SuiteSettings withModelServer(ModelServer server) {
        return new SuiteSettings(
                data,
                host,
                port,
                allowedHosts,
                broker,
                database,
                Optional.of(server),
                embeddedModel,
                otlp,
                environment);
    }

    /** With a model that a process of the suite runs. */
    public SuiteSettings withEmbeddedModel(EmbeddedModel model) {
        return new SuiteSettings(
                data, host, port, allowedHosts, broker, database, modelServer, Optional.of(model), otlp, environment);
    }

    /** With more variables for one service. */
    public SuiteSettings withEnvironment(Service service, Map<String, String> variables) {
        Map<String, Map<String, String>> merged = new HashMap<>(environment);
        Map<String, String> ofService = new HashMap<>(merged.getOrDefault(service.label(), Map.of()));
        ofService.putAll(variables);
        merged.put(service.label(), Map.copyOf(ofService));
        return new SuiteSettings(
                data, host, port, allowedHosts, broker, database, modelServer, embeddedModel, otlp, merged);
    }
}
