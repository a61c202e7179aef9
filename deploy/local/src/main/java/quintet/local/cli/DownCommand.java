package quintet.local.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import quintet.local.suite.DataFolder;
import quintet.local.suite.Leftovers;
import quintet.local.suite.SuiteStatus;

/** {@code down}: stops everything. */
@Command(
        name = "down",
        description = "Stops everything. What was acknowledged is kept.",
        footer = "Exit codes: 0 stopped, or nothing was running; 1 failed.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.standard();
        DataFolder folder = data.folder();
        Optional<SuiteStatus> running = SuiteStatus.ofRunning(folder);
        if (running.isPresent()) {
            new LauncherProcess(folder, terminal).stop(running.get().launcher());
            terminal.println("Quintet is down. Your data stays in " + folder.root());
            return ExitCode.OK;
        }
        Map<String, ProcessHandle> left = Leftovers.of(folder).find();
        if (left.isEmpty()) {
            terminal.println("Quintet is not running with " + folder.root());
        } else {
            terminal.println("The launcher was killed; stopping what it left: " + String.join(", ", left.keySet()));
            Leftovers.of(folder).stop();
            terminal.println("Quintet is down. Your data stays in " + folder.root());
        }
        return ExitCode.OK;
    }
}
