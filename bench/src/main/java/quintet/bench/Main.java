package quintet.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quintet.bench.suite.SuiteException;

/** {@code ./quintet bench}: measures a suite through its public API. */
@Command(
        name = "quintet bench",
        description =
                "Measures quality, speed and what faults do. Tables go to standard output as Markdown, progress to"
                        + " standard error.",
        subcommands = {
            QualityCommand.class,
            RetrievalCommand.class,
            FusionCommand.class,
            RewritingCommand.class,
            RerankCommand.class,
            CompressCommand.class,
            ChunkingCommand.class,
            SpeedCommand.class,
            DuplicatesCommand.class,
            EncoderCommand.class,
            EvidenceCommand.class,
            GatewayCommand.class,
            ModelServerCommand.class,
            FaultsCommand.class
        })
public final class Main {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    private Main() {}

    /** Exits with 0, 1 when something could not be measured or a promise was broken, 2 when the command line is wrong. */
    public static void main(String[] arguments) {
        Thread measuring = Thread.currentThread();
        Thread cleaning = new Thread(() -> {
            measuring.interrupt();
            try {
                measuring.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(cleaning);
        int exitCode = run(arguments);
        if (!Thread.currentThread().isInterrupted()) {
            var _ = Runtime.getRuntime().removeShutdownHook(cleaning);
            System.exit(exitCode);
        }
    }

    static int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler((e, command, _) -> {
            String message = e instanceof SuiteException ? e.getMessage() : e.toString();
            command.getErr().println(message);
            return 1;
        });
        if (arguments.length == 0) {
            commandLine.usage(System.out);
            return 2;
        }
        return commandLine.execute(arguments);
    }
}
