package quintet.local.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quintet.local.broker.BrokerServer;
import quintet.local.part.PartFailedException;

/** The embedded broker's own process, started by the launcher. */
@Command(
        name = "broker",
        hidden = true,
        description = "Runs the embedded broker; up does it for you.",
        mixinStandardHelpOptions = true)
final class BrokerCommand implements Callable<Integer> {
    private static final Logger LOG = Logger.getLogger(BrokerCommand.class.getName());

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            required = true,
            description = "Where messages and queues are kept.")
    private Path folder = Path.of("");

    @Option(names = "--port", paramLabel = "N", required = true, description = "Port on 127.0.0.1.")
    private int port;

    @Override
    public Integer call() throws PartFailedException, InterruptedException {
        String password = System.getenv(BrokerServer.PASSWORD_VARIABLE);
        if (password == null || password.isBlank()) {
            System.err.println("Name the password of the broker's user in " + BrokerServer.PASSWORD_VARIABLE);
            return ExitCode.USAGE;
        }
        Logger.getLogger("").setLevel(Level.WARNING);
        Thread.setDefaultUncaughtExceptionHandler(BrokerCommand::end);
        BrokerServer broker = new BrokerServer(folder, port, password);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "stop"));
        broker.start();
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    /** A thread that serves connections, or the database, is gone for good: a new process has them again. */
    private static void end(Thread thread, Throwable thrown) {
        LOG.log(Level.SEVERE, "The broker ends since its thread " + thread.getName() + " died", thrown);
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }
}
