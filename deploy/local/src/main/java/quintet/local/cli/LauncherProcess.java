package quintet.local.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import quintet.local.process.ProcessIdentity;
import quintet.local.process.Processes;
import quintet.local.suite.AotCaches;
import quintet.local.suite.DataFolder;
import quintet.local.suite.Installation;
import quintet.local.suite.JvmOptions;
import quintet.local.suite.Leftovers;
import quintet.local.suite.SuiteSettings;
import quintet.local.suite.SuiteStatus;
import tools.jackson.databind.json.JsonMapper;

/** The launcher as the commands see it: a process to start, to watch and to stop. */
final class LauncherProcess {
    private static final Duration POLL = Duration.ofMillis(100);
    /** Longer than the slowest part may take to stop. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private final DataFolder data;
    private final Terminal terminal;

    LauncherProcess(DataFolder data, Terminal terminal) {
        this.data = data;
        this.terminal = terminal;
    }

    /**
     * Starts it. Settings travel over its standard input: they may hold passwords, and everybody can see a command line.
     *
     * @param attached whether it ends with this process
     */
    Process start(Installation installation, SuiteSettings settings, boolean attached) throws IOException {
        data.create();
        List<String> command = new ArrayList<>();
        command.add(Installation.java().toString());
        command.addAll(AotCaches.launcherFlags(installation));
        command.addAll(JvmOptions.launcher());
        command.add("-D" + Installation.HOME_PROPERTY + "=" + installation.home());
        command.addAll(List.of(
                "-jar",
                installation.launcherJar().toString(),
                "supervise",
                "--data",
                data.root().toString()));
        if (attached) {
            command.addAll(
                    List.of("--attached", Long.toString(ProcessHandle.current().pid())));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.log("launcher-output").toFile());
        builder.environment().putAll(JvmOptions.environment());
        Process launcher = builder.start();
        try (OutputStream input = launcher.getOutputStream()) {
            JsonMapper.shared().writeValue(input, settings);
        }
        return launcher;
    }

    /** Shows the parts until the launcher is ready, has failed or is gone; its last word, if it had one. */
    Optional<SuiteStatus> watch(ProcessHandle launcher) throws InterruptedException {
        PartLines lines = new PartLines(terminal);
        while (true) {
            boolean alive = Processes.isAlive(launcher);
            Optional<SuiteStatus> status =
                    SuiteStatus.read(data).filter(said -> said.launcher().pid() == launcher.pid());
            status.ifPresent(said -> lines.show(said.parts()));
            boolean starting = status.isEmpty() || status.get().phase() == SuiteStatus.Phase.STARTING;
            if (!alive || !starting) {
                terminal.keep();
                return status;
            }
            Thread.sleep(POLL);
        }
    }

    /** Stops it and waits for its end; one that hangs is killed and what it leaves is stopped. */
    void stop(ProcessIdentity identity) throws InterruptedException {
        Optional<ProcessHandle> found = identity.find();
        if (found.isEmpty()) {
            return;
        }
        ProcessHandle launcher = found.get();
        terminal.println("Stopping ...");
        launcher.destroy();
        Processes.endWithin(launcher, STOP_TIMEOUT);
        // Nothing, unless it was killed by us or by somebody else.
        Leftovers.of(data).stop();
    }
}
