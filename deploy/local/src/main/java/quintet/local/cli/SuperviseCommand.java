package quintet.local.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.local.process.Posix;
import quintet.local.suite.AlreadyRunningException;
import quintet.local.suite.AotCaches;
import quintet.local.suite.AotMode;
import quintet.local.suite.DataFolder;
import quintet.local.suite.Installation;
import quintet.local.suite.Launcher;
import quintet.local.suite.LauncherLog;
import quintet.local.suite.Suite;
import quintet.local.suite.SuiteSettings;
import tools.jackson.databind.json.JsonMapper;

/** The launcher's own process, started by {@code up}: reads {@link SuiteSettings} from its standard input. */
@Command(
        name = "supervise",
        hidden = true,
        description = "Runs the launcher; up does it for you.",
        mixinStandardHelpOptions = true)
final class SuperviseCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--attached", paramLabel = "PID", description = "Stop when this process ends.")
    private @Nullable Long attached;

    @Override
    public Integer call() throws IOException, InterruptedException, AlreadyRunningException {
        SuiteSettings settings = JsonMapper.shared().readValue(System.in, SuiteSettings.class);
        Posix.leaveTerminal();
        DataFolder folder = data.folder();
        folder.create();
        LauncherLog.install(folder);
        if (attached != null) {
            ProcessHandle.of(attached).ifPresentOrElse(SuperviseCommand::endWith, () -> System.exit(ExitCode.OK));
        }
        Installation installation = Installation.find();
        Suite suite = Suite.open(installation, settings, new AotMode.Use(AotCaches.folder(installation)));
        return new Launcher(folder, suite).run() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void endWith(ProcessHandle process) {
        Thread.ofPlatform().daemon().name("attached").start(() -> {
            process.onExit().join();
            System.exit(ExitCode.OK);
        });
    }
}
