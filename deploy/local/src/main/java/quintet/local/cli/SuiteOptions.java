package quintet.local.cli;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import quintet.local.broker.BrokerAddress;
import quintet.local.database.DatabaseAddress;
import quintet.local.part.Service;
import quintet.local.suite.DataFolder;
import quintet.local.suite.SuiteSettings;
import quintet.local.suite.SuiteSettings.EmbeddedModel;
import quintet.local.suite.SuiteSettings.ModelServer;

/** The options of {@code up} that say how to run a suite. */
final class SuiteOptions {
    private static final int HIGHEST_PORT = 65_535;
    private static final int LEAST_CONTEXT = 64;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the front door. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "Address that the front door listens on. Default: ${DEFAULT-VALUE}, this machine only. Without"
                            + " --api-keys there is no password: open it (0.0.0.0) only in a network that you trust.")
    private String host = "";

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "Another name by which browsers may call it, such as that of a proxy before it. Repeatable.")
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            defaultValue = "${env:QUINTET_API_KEYS_FILE}",
            description =
                    "Who may call: a line for each key, with its SHA-256, a tenant and access groups; read again when it"
                            + " changes. Without it everybody who reaches the door may do everything.")
    private @Nullable Path apiKeys;

    @Option(
            names = "--rabbitmq",
            paramLabel = "URL",
            defaultValue = "${env:QUINTET_RABBITMQ}",
            description = "A broker of your own instead of the embedded one: amqp://user:password@host:5672/vhost.")
    private @Nullable String rabbitmq;

    @Option(
            names = "--postgres",
            paramLabel = "URL",
            defaultValue = "${env:QUINTET_POSTGRES}",
            description =
                    "A database of your own instead of the embedded one: postgresql://user:password@host:5432/database.")
    private @Nullable String postgres;

    @Option(
            names = "--qdrant",
            paramLabel = "URL",
            description =
                    "A Qdrant (1.15 or later) that holds the index instead of the disk: http://qdrant:6334, its gRPC port.")
    private @Nullable URI qdrant;

    @Option(names = "--qdrant-api-key-file", paramLabel = "FILE", description = "File with the API key of that Qdrant.")
    private @Nullable Path qdrantApiKeyFile;

    @Option(
            names = "--model-server",
            paramLabel = "URL[,URL…]",
            split = ",",
            description =
                    "An OpenAI-compatible server that writes the answers, such as http://127.0.0.1:8000/v1 of vLLM, or"
                            + " several of the same model. Without one, answers are extracted from the documents.")
    private List<URI> modelServers = List.of();

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description =
                    "Model of that server; without a --model-server, a GGUF file with a model that a process of the suite"
                            + " runs on this machine.")
    private @Nullable String model;

    @Option(
            names = "--draft",
            paramLabel = "FILE",
            description =
                    "With a model file: a small model of the same family, as a GGUF file, that guesses ahead. Without one,"
                            + " guesses come from the text so far.")
    private @Nullable Path draft;

    @Option(
            names = "--llama-library",
            paramLabel = "FILE",
            description =
                    "With a model file: a libllama of your own, such as a newer one or one for a GPU, instead of the one"
                            + " that ships.")
    private @Nullable Path llamaLibrary;

    @Option(
            names = "--model-context",
            paramLabel = "TOKENS",
            description =
                    "With a model file: tokens that all answers under way have in memory together. Default: 16384.")
    private @Nullable Integer modelContext;

    @Option(names = "--api-key-file", paramLabel = "FILE", description = "File with the key of that server.")
    private @Nullable Path apiKeyFile;

    @Option(
            names = "--otlp",
            paramLabel = "URL",
            description = "Where traces go, by OTLP over gRPC, such as http://127.0.0.1:4317.")
    private @Nullable URI otlp;

    SuiteSettings settings(DataFolder data) {
        if (port < 1 || port > HIGHEST_PORT) {
            throw usage("--port is " + port + ", must be 1 to " + HIGHEST_PORT);
        }
        return new SuiteSettings(
                data.root(),
                host,
                port,
                allowedHosts,
                address(rabbitmq, BrokerAddress::parse),
                address(postgres, DatabaseAddress::parse),
                server(),
                embeddedModel(),
                Optional.ofNullable(otlp),
                environment());
    }

    /** Returns what tells retrieve-service where the index is; nothing if it lies on disk. */
    private Map<String, String> index() {
        if (qdrant == null) {
            if (qdrantApiKeyFile != null) {
                throw usage("--qdrant-api-key-file says something about a --qdrant, and none is given");
            }
            return Map.of();
        }
        String scheme = qdrant.getScheme();
        if (qdrant.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw usage("--qdrant is " + qdrant + ", must be such as http://qdrant:6334");
        }
        if (qdrantApiKeyFile == null) {
            return Map.of("QUINTET_QDRANT_URL", qdrant.toString());
        }
        if (!Files.isReadable(qdrantApiKeyFile)) {
            throw usage("--qdrant-api-key-file " + qdrantApiKeyFile + " can't be read");
        }
        return Map.of(
                "QUINTET_QDRANT_URL",
                qdrant.toString(),
                "QUINTET_QDRANT_API_KEY_FILE",
                qdrantApiKeyFile.toAbsolutePath().toString());
    }

    /** Returns the variables of each service that no other setting stands for. */
    private Map<String, Map<String, String>> environment() {
        Map<String, String> keys = keys();
        Map<String, Map<String, String>> environment = new HashMap<>();
        for (Service service : Service.values()) {
            Map<String, String> variables = new HashMap<>(keys);
            if (service == Service.RETRIEVE) {
                variables.putAll(index());
            }
            environment.put(service.label(), variables);
        }
        return environment;
    }

    private Map<String, String> keys() {
        if (apiKeys == null || apiKeys.toString().isBlank()) {
            return Map.of();
        }
        if (!Files.isReadable(apiKeys)) {
            throw usage("--api-keys " + apiKeys + " can't be read");
        }
        return Map.of(SuiteSettings.API_KEYS, apiKeys.toAbsolutePath().toString());
    }

    private Optional<ModelServer> server() {
        if (modelServers.isEmpty()) {
            if (apiKeyFile != null || (model != null && !isFile(model))) {
                throw usage("--model and --api-key-file say something about a --model-server, and none is given"
                        + (model == null ? "" : "; a model to run here is a GGUF file, and there is no file " + model));
            }
            return Optional.empty();
        }
        if (model == null) {
            throw usage("--model-server needs --model NAME; its /v1/models lists them");
        }
        if (apiKeyFile != null && !Files.isReadable(apiKeyFile)) {
            throw usage("--api-key-file " + apiKeyFile + " can't be read");
        }
        for (URI url : modelServers) {
            if (url.getHost() == null || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
                throw usage("--model-server has " + url + ", must be such as http://127.0.0.1:8000/v1");
            }
        }
        return Optional.of(new ModelServer(
                modelServers, model, Optional.ofNullable(apiKeyFile).map(Path::toAbsolutePath)));
    }

    /** Without a model server, --model names a file. */
    private Optional<EmbeddedModel> embeddedModel() {
        if (!modelServers.isEmpty() || model == null) {
            if (draft != null || llamaLibrary != null || modelContext != null) {
                throw usage("--draft, --llama-library and --model-context say something about a model that runs here;"
                        + " name its file with --model FILE, without --model-server");
            }
            return Optional.empty();
        }
        if (modelContext != null && modelContext < LEAST_CONTEXT) {
            throw usage("--model-context is " + modelContext + ", must be at least " + LEAST_CONTEXT);
        }
        return Optional.of(new EmbeddedModel(
                readable("--model", Path.of(model)),
                Optional.ofNullable(draft).map(file -> readable("--draft", file)),
                Optional.ofNullable(llamaLibrary).map(file -> readable("--llama-library", file)),
                modelContext == null ? OptionalInt.empty() : OptionalInt.of(modelContext)));
    }

    private static boolean isFile(String name) {
        return name.endsWith(SuiteSettings.ENDING) || Files.isRegularFile(Path.of(name));
    }

    private Path readable(String option, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw usage(option + " " + file + " can't be read");
        }
        return file.toAbsolutePath().normalize();
    }

    private <T> Optional<T> address(@Nullable String text, Function<String, T> parse) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private RuntimeException usage(String message) {
        return command == null
                ? new IllegalArgumentException(message)
                : new ParameterException(command.commandLine(), message);
    }
}
