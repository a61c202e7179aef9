package quintet.local.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dead-letters}: the messages that the services have given up. */
@Command(
        name = "dead-letters",
        description = "Lists, shows, replays and drops the messages that could not be handled.",
        synopsisSubcommandLabel = "COMMAND",
        footer = ExitCode.HELP,
        mixinStandardHelpOptions = true,
        subcommands = {
            ListLettersCommand.class,
            ShowLettersCommand.class,
            ReplayLettersCommand.class,
            DropLettersCommand.class
        })
final class DeadLettersCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Name one of list, show, replay and drop");
        }
    }
}
