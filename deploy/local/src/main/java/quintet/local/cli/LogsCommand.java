package quintet.local.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import quintet.local.process.LogLine;
import quintet.local.process.LogTail;
import quintet.local.suite.DataFolder;

/** {@code logs}: the end of the logs, and on. */
@Command(
        name = "logs",
        description = "Shows the end of the log of a part, or of all.",
        footer = ExitCode.HELP,
        mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
    private static final List<String> PARTS = List.of(
            "launcher", "broker", "postgres", "ingest", "embed", "retrieve", "rerank", "generate", "model-server");
    private static final Duration POLL = Duration.ofMillis(250);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DataOption data = new DataOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "PART",
            description =
                    "launcher, broker, postgres, ingest, embed, retrieve, rerank, generate or model-server. Default: all.")
    private @Nullable String part;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as lines are written, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many lines from the end. Default: 50, of all parts 10 each.")
    private @Nullable Integer lines;

    @Option(names = "--raw", description = "As written, one JSON object a line.")
    private boolean raw;

    private final Terminal terminal = Terminal.standard();

    @Override
    public Integer call() throws InterruptedException {
        if (part != null && !PARTS.contains(part) && spec != null) {
            throw new ParameterException(spec.commandLine(), "There is no part \"" + part + "\"; there are " + PARTS);
        }
        DataFolder folder = data.folder();
        List<String> wanted = part == null ? PARTS : List.of(part);
        int count = lines != null ? lines : part == null ? 10 : 50;
        List<LogFollower> followers = new ArrayList<>();
        for (String name : wanted) {
            Path log = folder.log(name);
            followers.add(new LogFollower(log, line -> print(name, line)));
            LogTail.read(log, count).forEach(line -> print(name, line));
        }
        if (wanted.stream().noneMatch(name -> Files.exists(folder.log(name)))) {
            System.err.println("There are no logs in " + folder.root() + " yet; start with " + data.command("up"));
            return ExitCode.NOT_RUNNING;
        }
        while (follow) {
            followers.forEach(LogFollower::poll);
            Thread.sleep(POLL);
        }
        return ExitCode.OK;
    }

    private void print(String name, String line) {
        String shown = raw ? line : LogLine.forPeople(line);
        terminal.println(part == null ? terminal.dim("%-8s | ".formatted(name)) + shown : shown);
    }
}
