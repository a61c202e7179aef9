package quintet.local.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quintet.local.client.ApiException;
import quintet.local.client.Bundles;
import tools.jackson.databind.JsonNode;

/** {@code export}: a collection becomes one file. */
@Command(
        name = "export",
        description =
                "Writes a collection to one file: texts, chunks, vectors, metadata and the original files, as gzipped JSON"
                        + " Lines. import takes it in elsewhere without embedding anything again. Documents that are on their way are"
                        + " waited for, half a minute at most.",
        footer = "Exit codes: 0 exported, and what was left out is named; 1 failed; 2 wrong usage; 3 not running.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DoorOption door = new DoorOption();

    @Parameters(index = "0", paramLabel = "COLLECTION", description = "Collection to export.")
    private String collection = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "File to write; one that is there is replaced.")
    private Path file = Path.of("");

    @Option(
            names = "--originals",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Take the original files along. Default: yes. Without them citations can't be opened elsewhere.")
    private boolean originals;

    @Override
    public Integer call() throws ApiException, IOException, InterruptedException {
        Path target = file.toAbsolutePath();
        if (spec != null && (Files.isDirectory(target) || !Files.isDirectory(target.resolveSibling("")))) {
            throw new ParameterException(
                    spec.commandLine(), file + " can't be written: name a file in a folder that is there");
        }
        Optional<URI> url = door.find();
        if (url.isEmpty()) {
            return ExitCode.NOT_RUNNING;
        }
        Gauge gauge = new Gauge(Terminal.standard());
        long begun = System.nanoTime();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            new Bundles(url.get())
                    .export(
                            collection,
                            originals,
                            part,
                            bytes -> gauge.show("%s  %s received".formatted(collection, ByteCount.of(bytes))));
            JsonNode summary = BundleLines.summary(part);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            gauge.finish(String.format(
                    Locale.ROOT,
                    "%d documents, %d aliases, %d chunks, %d originals: %s in %.1f s",
                    summary.path("documents").asLong(),
                    summary.path("aliases").asLong(),
                    summary.path("chunks").asLong(),
                    summary.path("originals").asLong(),
                    ByteCount.of(Files.size(target)),
                    (System.nanoTime() - begun) / 1e9));
            tellLeftOut(summary.path("leftOut"));
            return ExitCode.OK;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void tellLeftOut(JsonNode leftOut) {
        long count = leftOut.path("count").asLong();
        if (count == 0) {
            return;
        }
        System.err.println(count + " left out, because searches find none of their newest version:");
        for (JsonNode document : leftOut.path("documents")) {
            System.err.println("  %s  %s"
                    .formatted(
                            document.path("documentId").asString(""),
                            document.path("reason").asString("")));
        }
        long unnamed = count - leftOut.path("documents").size();
        if (unnamed > 0) {
            System.err.println("  and " + unnamed + " more");
        }
    }
}
