package quintet.local.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The commands that the {@code quintet} script hands over to Java. */
@Command(
        name = "./quintet",
        description = "Answers questions from your own documents.",
        mixinStandardHelpOptions = true,
        version = "quintet 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            IngestCommand.class,
            AskCommand.class,
            SearchCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            ReindexCommand.class,
            DeadLettersCommand.class,
            ReconcileCommand.class,
            PlanCommand.class,
            SuperviseCommand.class,
            BrokerCommand.class,
            TrainCommand.class,
            HelpCommand.class
        })
public final class Main implements Runnable {
    @picocli.CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    /** Runs one command. */
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    static int execute(String... args) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((thrown, command, _) -> {
                    command.getErr().println(explain(thrown));
                    return ExitCode.FAILED;
                })
                .execute(args);
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Name a command; ./quintet help lists them");
        }
    }

    private static String explain(Exception thrown) {
        if (System.getenv("QUINTET_DEBUG") != null) {
            thrown.printStackTrace();
        }
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }
}
