package quintet.local.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import quintet.local.suite.Installation;
import quintet.local.suite.TrainingRun;

/** The process of a training run, started by {@code up} after a build: what it does ends up in the launcher's own cache. */
@Command(
        name = "train",
        hidden = true,
        description = "Makes the caches that starts are fast with; up does it for you.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "Where the caches go.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws Exception {
        new TrainingRun(Installation.find(), folder.toAbsolutePath(), System.out::println).run();
        return ExitCode.OK;
    }
}
