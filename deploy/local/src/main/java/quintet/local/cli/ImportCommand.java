package quintet.local.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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

/** {@code import}: a file that {@code export} wrote becomes a collection again. */
@Command(
        name = "import",
        description =
                "Takes in what export wrote, without embedding anything again, and waits until it answers. A document that"
                        + " is there already and has not changed stays as it is, so an import that broke off is simply done again.",
        footer = "Exit codes: 0 all ready; 1 refused, failed or not complete; 2 wrong usage; 3 not running.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DoorOption door = new DoorOption();

    @Parameters(index = "0", paramLabel = "FILE", description = "File that export wrote.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "COLLECTION",
            description = "Collection to import into. Default: the one of the same name.")
    private @Nullable String collection;

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait until the documents answer. Default: yes.")
    private boolean wait;

    @Override
    public Integer call() throws ApiException, IOException, InterruptedException {
        if (spec != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
            throw new ParameterException(spec.commandLine(), file + " is not there or can't be read");
        }
        JsonNode manifest = BundleLines.manifest(file);
        String target = collection == null ? manifest.path("collection").asString("") : collection;
        Optional<URI> url = door.find();
        if (url.isEmpty()) {
            return ExitCode.NOT_RUNNING;
        }
        Bundles bundles = new Bundles(url.get());
        Gauge gauge = new Gauge(Terminal.standard());
        long begun = System.nanoTime();
        long failedBefore = bundles.failed(target);
        String size = ByteCount.of(Files.size(file));
        JsonNode done = bundles.load(
                target,
                file,
                bytes -> gauge.show("%s  %s of %s sent".formatted(target, ByteCount.of(bytes), size)),
                report -> gauge.show(progress(report)));
        long failed = wait ? await(bundles, target, gauge) - failedBefore : 0;
        gauge.finish(String.format(
                Locale.ROOT,
                "%d imported, %d unchanged, %d chunks into %s in %.1f s",
                done.path("imported").asLong(),
                done.path("unchanged").asLong(),
                done.path("chunks").asLong(),
                target,
                (System.nanoTime() - begun) / 1e9));
        return complete(done, target, failed) ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String progress(JsonNode report) {
        long taken = report.path("imported").asLong()
                + report.path("unchanged").asLong()
                + report.path("aliasesLeftOut").asLong();
        return "%s  %d of %d documents, %d chunks"
                .formatted(
                        report.path("collection").asString(""),
                        taken,
                        report.path("total").asLong(),
                        report.path("chunks").asLong());
    }

    /** Waits until nothing of the collection is on its way; returns how many of its documents have failed. */
    private static long await(Bundles bundles, String collection, Gauge gauge)
            throws ApiException, InterruptedException {
        long left = bundles.onTheirWay(collection);
        while (left > 0) {
            gauge.show("%s  %d documents on their way into the index".formatted(collection, left));
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            left = bundles.onTheirWay(collection);
        }
        return bundles.failed(collection);
    }

    private static boolean complete(JsonNode done, String collection, long failed) {
        long aliases = done.path("aliasesLeftOut").asLong();
        if (aliases > 0) {
            System.err.println(
                    aliases + " not imported, because the documents that they repeat say something else here:");
            done.path("leftOut").forEach(id -> System.err.println("  " + id.asString("")));
        }
        if (failed > 0) {
            System.err.println(failed + " documents of " + collection + " have failed");
        }
        return aliases == 0 && failed == 0;
    }
}
