package quintet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quintet.bench.modelserver.ModelServerMeasurement;
import quintet.bench.modelserver.OwnModelServer;
import quintet.bench.report.Json;
import quintet.bench.report.Progress;
import quintet.bench.speed.Machine;
import quintet.modelserver.gguf.RandomModel;

/** {@code bench model-server}: prints how fast a model server writes. */
@Command(
        name = "model-server",
        description = {
            "Measures an OpenAI-compatible model server: tokens a second, time to the first token and between tokens at"
                    + " several numbers of streams, with prompts as questions over documents have them, with speculative"
                    + " decoding and without where the server can be told.",
            "Without a URL it starts the suite's own, with a model of random weights: that shows what batching and guessing"
                    + " do to it, not how fast a real model is."
        })
final class ModelServerCommand implements Callable<Integer> {
    private static final int LEAST_WIDTH = 64;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    @Parameters(arity = "0..1", paramLabel = "URL", description = "Its address, such as http://127.0.0.1:8000/v1.")
    private @Nullable URI url;

    @Option(names = "--api-key-file", paramLabel = "FILE", description = "File with the key of that server.")
    private @Nullable Path apiKeyFile;

    @Option(
            names = "--streams",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2,4,8,16,32,64,128,256",
            description = "Numbers of streams at once (default: ${DEFAULT-VALUE}).")
    private List<Integer> streams = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "2",
            description = "Completions of each stream (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "64",
            description = "Tokens of a completion (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(
            names = "--prompt-characters",
            paramLabel = "N",
            defaultValue = "1200",
            description = "Characters of the passages in a prompt (default: ${DEFAULT-VALUE}).")
    private int promptCharacters;

    @Option(
            names = "--width",
            paramLabel = "N",
            defaultValue = "256",
            description = "Width of the random model, a multiple of 64 (default: ${DEFAULT-VALUE}).")
    private int width;

    @Option(
            names = "--layers",
            paramLabel = "N",
            defaultValue = "4",
            description = "Layers of the random model (default: ${DEFAULT-VALUE}).")
    private int layers;

    @Option(
            names = "--draft",
            description = "Let a model that is the same guess, always right, instead of the text so far.")
    private boolean draft;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Where the plot goes (default: bench/target/model-server.png).")
    private @Nullable Path plot;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException {
        if (streams.isEmpty() || streams.stream().anyMatch(number -> number < 1) || rounds < 1 || maxTokens < 1) {
            System.err.println("--streams, --rounds and --max-tokens must be at least 1");
            return 2;
        }
        if (width < LEAST_WIDTH || width % LEAST_WIDTH != 0 || layers < 1) {
            System.err.println("--width must be a multiple of 64, --layers at least 1");
            return 2;
        }
        String machine = Machine.describe();
        System.out.println("Measured on " + machine + ".\n");
        ObjectNode figures = Json.object().put("machine", machine);
        List<Integer> ascending = streams.stream().sorted().distinct().toList();
        var load = new ModelServerMeasurement.Load(ascending, rounds, maxTokens, promptCharacters);
        if (url == null) {
            own(load, figures);
        } else {
            measure(load, url, figures);
        }
        if (json != null) {
            Json.write(json, figures);
        }
        return 0;
    }

    private void own(ModelServerMeasurement.Load load, ObjectNode figures) throws IOException {
        // Instructions, question and template take up to 700 characters more; a character is a token or several.
        int streamTokens = promptCharacters + 700 + maxTokens;
        RandomModel model = RandomModel.tiny(1).withSize(layers, width, 3 * width, streamTokens);
        try (OwnModelServer server = OwnModelServer.start(
                TargetOptions.home(),
                model,
                draft ? Optional.of(model) : Optional.empty(),
                load.streams().getLast(),
                streamTokens)) {
            System.out.printf("The suite's own server, random weights, %d layers of width %d.%n%n", layers, width);
            measure(load, server.url(), figures);
        }
    }

    private void measure(ModelServerMeasurement.Load load, URI server, ObjectNode figures) throws IOException {
        String key = apiKeyFile == null ? null : Files.readString(apiKeyFile).strip();
        Path picture = plot == null ? TargetOptions.home().resolve("bench/target/model-server.png") : plot;
        new ModelServerMeasurement(load, new Progress()).run(server, key, figures, picture, System.out);
    }
}
