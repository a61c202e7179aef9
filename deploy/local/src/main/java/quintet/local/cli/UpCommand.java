package quintet.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quintet.local.process.LogTail;
import quintet.local.process.PortOwner;
import quintet.local.process.Ports;
import quintet.local.process.ProcessIdentity;
import quintet.local.suite.DataFolder;
import quintet.local.suite.Installation;
import quintet.local.suite.SuiteSettings;
import quintet.local.suite.SuiteStatus;
import quintet.local.suite.Training;

/** {@code up}: starts everything and says where it is. */
@Command(
        name = "up",
        description = "Starts broker, database, the five services and the front door, and returns when all are ready.",
        footer = {
            "",
            "Exit codes: 0 ready, or running already; 1 failed; 2 wrong usage.",
            "Passwords are better given in the"
                    + " environment (QUINTET_RABBITMQ, QUINTET_POSTGRES): everybody on the machine can see a command line.",
            "The services get the environment, too: QUINTET_WEBHOOK_URL and QUINTET_WEBHOOK_SECRET_FILE name who is told of"
                    + " every document's state; README.md has the others.",
            "With --api-keys, ingest, ask and reconcile take the caller's key from QUINTET_API_KEY."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private final DataOption data = new DataOption();

    @Mixin
    private final SuiteOptions options = new SuiteOptions();

    @Option(names = "--foreground", description = "Stay until Ctrl-C, which stops everything.")
    private boolean foreground;

    @Option(
            names = "--no-training",
            description = "Don't make the caches that later starts are fast with, if they are missing.")
    private boolean noTraining;

    private final Terminal terminal = Terminal.standard();
    private volatile boolean stopping;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder folder = data.folder();
        SuiteSettings settings = options.settings(folder);
        LauncherProcess launcher = new LauncherProcess(folder, terminal);
        Optional<SuiteStatus> running = SuiteStatus.ofRunning(folder);
        if (running.isPresent()) {
            return alreadyRunning(running.get(), launcher);
        }
        Installation installation = Installation.find();
        List<Path> missing = installation.missingJars();
        if (!missing.isEmpty()) {
            return fail("Not built yet: " + missing.getFirst()
                    + " is missing. Call ./quintet up, which builds, or mvn package.");
        }
        if (!Ports.isFree(settings.host(), settings.port())) {
            return fail("Port " + settings.port() + " of " + settings.host() + " is taken"
                    + PortOwner.describe(settings.port())
                            .map(owner -> " by " + owner)
                            .orElse("")
                    + ". Stop that, or choose another port: ./quintet up --port " + (settings.port() + 1));
        }
        if (!noTraining) {
            new Training(installation, terminal::println).runIfNeeded();
        }
        Instant begun = Instant.now();
        Process process = launcher.start(installation, settings, foreground);
        Thread stopper = new Thread(() -> stop(launcher, ProcessIdentity.of(process.toHandle())), "stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        Optional<SuiteStatus> status = launcher.watch(process.toHandle());
        if (stopping) {
            // Ctrl-C: the other thread has the last word.
            Thread.currentThread().join();
        }
        if (status.isEmpty() || status.get().phase() != SuiteStatus.Phase.READY) {
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(stopper);
            return fail(status.map(SuiteStatus::message)
                    .filter(message -> !message.isBlank())
                    .orElseGet(() -> "The launcher ended." + LogTail.forPeople(folder.log("launcher-output"))
                            + LogTail.forPeople(folder.log("launcher"))));
        }
        welcome(status.get(), Duration.between(begun, Instant.now()));
        if (foreground) {
            process.waitFor();
            return ExitCode.OK;
        }
        Runtime.getRuntime().removeShutdownHook(stopper);
        return ExitCode.OK;
    }

    private int alreadyRunning(SuiteStatus status, LauncherProcess launcher) throws InterruptedException {
        if (status.phase() == SuiteStatus.Phase.STARTING) {
            Optional<ProcessHandle> process = status.launcher().find();
            if (process.isPresent()) {
                Optional<SuiteStatus> now = launcher.watch(process.get());
                if (now.isEmpty() || now.get().phase() != SuiteStatus.Phase.READY) {
                    return fail("The launcher that was starting already (process "
                            + status.launcher().pid() + ") did not get ready; try again");
                }
            }
        }
        terminal.println("Quintet is running already at "
                + terminal.bold(status.url().toString()) + " (process "
                + status.launcher().pid() + "). " + data.command("status") + " tells more, " + data.command("down")
                + " stops it.");
        return ExitCode.OK;
    }

    private void welcome(SuiteStatus status, Duration took) {
        terminal.println("");
        terminal.println("Quintet is up at " + terminal.bold(status.url().toString())
                + terminal.dim(" after %.1f s".formatted(took.toMillis() / 1000.0)));
        terminal.println("");
        terminal.println("  " + data.command("ingest samples/hr-handbook"));
        terminal.println("  " + data.command("ask") + " \"What does PerksPlus reimburse?\"");
        terminal.println("");
        terminal.println("or open " + status.url() + " in a browser. "
                + (foreground ? "Ctrl-C stops it." : data.command("down") + " stops it."));
    }

    private void stop(LauncherProcess launcher, ProcessIdentity process) {
        stopping = true;
        try {
            terminal.keep();
            launcher.stop(process);
            terminal.println("Quintet is down.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int fail(String message) {
        System.err.println(message);
        return ExitCode.FAILED;
    }
}
