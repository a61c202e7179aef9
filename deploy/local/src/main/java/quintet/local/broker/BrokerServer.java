package quintet.local.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;
import quintet.local.part.PartFailedException;
import quintet.local.process.Ports;
import quintet.local.process.PrivateFiles;

/** Qpid Broker-J in this JVM: AMQP 0-9-1, messages and queues in a Berkeley DB, reachable from this machine only. */
public final class BrokerServer {
    private static final Logger LOG = Logger.getLogger(BrokerServer.class.getName());
    private static final String USER = "quintet";

    /** Variable that a process of it is given the password in. */
    public static final String PASSWORD_VARIABLE = "QUINTET_BROKER_PASSWORD";

    private final Path folder;
    private final int port;
    private final String password;
    private @Nullable SystemLauncher launcher;

    /**
     * Doesn't start anything yet.
     *
     * @param folder where messages and queues are kept
     * @param password of its only user
     */
    public BrokerServer(Path folder, int port, String password) {
        this.folder = folder;
        this.port = port;
        this.password = password;
    }

    /** Where clients find the one on a port. */
    public static BrokerAddress address(int port, String password) {
        return new BrokerAddress("127.0.0.1", port, USER, password, "/", false);
    }

    /** Starts it and returns when it listens. */
    public synchronized void start() throws PartFailedException {
        PrivateFiles.ensureFolder(folder);
        // Broker-J reads its working folder from the system alone, and only logs a port that is taken.
        System.setProperty("qpid.work_dir", folder.toString());
        if (!Ports.isFree("127.0.0.1", port)) {
            throw failed("port " + port + " is taken", null);
        }
        AtomicReference<@Nullable Exception> problem = new AtomicReference<>();
        SystemLauncher starting = new SystemLauncher(new DefaultSystemLauncherListener() {
            @Override
            public void errorOnStartup(RuntimeException e) {
                problem.set(e);
            }
        });
        Path configuration = folder.resolve("configuration.json");
        try {
            PrivateFiles.replace(configuration, BrokerConfiguration.json(folder, port, USER, password));
            starting.startup(Map.of(
                    SystemConfig.TYPE,
                    "Memory",
                    SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                    configuration.toString(),
                    SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                    "false"));
            Files.deleteIfExists(configuration);
        } catch (Exception e) {
            problem.compareAndSet(null, e);
        }
        if (problem.get() != null) {
            throw failed(String.valueOf(problem.get()), problem.get());
        }
        launcher = starting;
    }

    /** Stops it; does nothing if it does not run. */
    public synchronized void stop() {
        SystemLauncher running = launcher;
        if (running == null) {
            return;
        }
        try {
            running.shutdown();
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "The broker did not stop cleanly; it recovers from its log of writes at the next start",
                    e);
        }
        launcher = null;
    }

    private static PartFailedException failed(String reason, @Nullable Exception cause) {
        String message = "The broker can't be started: " + reason;
        return cause == null ? new PartFailedException(message) : new PartFailedException(message, cause);
    }
}
