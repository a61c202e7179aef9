package quintet.local.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import quintet.local.client.Documents;

/** {@code ingest}: hands files in and waits until they answer. */
@Command(
        name = "ingest",
        description =
                "Hands files, and the files in folders, to a collection and waits until they answer. A file that is there"
                        + " already and has not changed stays as it is.",
        footer = "Exit codes: 0 all ready; 1 a document failed; 2 wrong usage; 3 not running.",
        mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DoorOption door = new DoorOption();

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files and folders; hidden files are left out.")
    private List<Path> paths = List.of();

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Default: ${DEFAULT-VALUE}.")
    private String collection = "";

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait until the documents answer. Default: yes.")
    private boolean wait;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (Path path : paths) {
            if (!Files.isReadable(path) && spec != null) {
                throw new ParameterException(spec.commandLine(), path + " is not there or can't be read");
            }
        }
        Map<String, Path> files;
        try {
            files = FileSelection.select(paths);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return ExitCode.USAGE;
        }
        if (files.isEmpty()) {
            System.err.println("There are no files in " + paths);
            return ExitCode.USAGE;
        }
        Optional<URI> url = door.find();
        if (url.isEmpty()) {
            return ExitCode.NOT_RUNNING;
        }
        Ingestion ingestion = new Ingestion(new Documents(url.get(), collection), files, Terminal.standard());
        return ingestion.run(wait) ? ExitCode.OK : ExitCode.FAILED;
    }
}
