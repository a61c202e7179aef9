package quintet.local.suite;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import quintet.local.broker.BrokerAddress;
import quintet.local.broker.BrokerServer;
import quintet.local.database.DatabaseAddress;
import quintet.local.database.EmbeddedPostgres;
import quintet.local.door.CallerRules;
import quintet.local.door.Door;
import quintet.local.door.Routes;
import quintet.local.part.Part;
import quintet.local.part.PartFailedException;
import quintet.local.part.PartStatus;
import quintet.local.part.Service;
import quintet.local.part.StatusBoard;
import quintet.local.process.Ledger;
import quintet.local.process.Ports;
import quintet.local.process.ProcessPlan;
import quintet.local.process.SupervisedProcess;

/**
 * All of Quintet on one machine: broker, database, five services and the front door. {@link #open} takes the data folder,
 * {@link #start} brings everything up, {@link #close} takes everything down.
 */
public final class Suite implements AutoCloseable {
    private static final int BROKER_PORT = 8086;
    private static final int POSTGRES_PORT = 8087;
    private static final int MODEL_PORT = 8088;

    private final SuiteLock lock;
    private final StatusBoard board = new StatusBoard();
    private final Ports ports = new Ports();
    private final SuiteSettings settings;
    private final DataFolder data;
    private final Ledger ledger;
    private final StartOrder order;
    private final URI url;

    private Suite(SuiteLock lock, Installation installation, DataFolder data, SuiteSettings settings, AotMode aot) {
        this.lock = lock;
        this.settings = settings;
        this.data = data;
        this.ledger = data.ledger();
        int doorPort = settings.port() == 0 ? ports.any() : ports.reserve(settings.port());
        this.url = URI.create("http://" + shownHost(settings.host()) + ":" + doorPort);
        this.order = new StartOrder(parts(installation, aot, doorPort));
    }

    /**
     * Takes a data folder and ends what a killed launcher left there; nothing is started yet.
     *
     * @throws AlreadyRunningException if another launcher has the folder
     */
    public static Suite open(Installation installation, SuiteSettings settings, AotMode aot)
            throws AlreadyRunningException, InterruptedException {
        DataFolder data = new DataFolder(settings.data());
        data.create();
        SuiteLock lock = SuiteLock.take(data).orElseThrow(() -> new AlreadyRunningException(data));
        try {
            Leftovers.of(data).stopLocked();
            return new Suite(lock, installation, data, settings, aot);
        } catch (InterruptedException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Opens and starts a suite with the caches of an earlier training run, if there are any; what tests want. */
    public static Suite start(Installation installation, SuiteSettings settings)
            throws AlreadyRunningException, PartFailedException, InterruptedException {
        Suite suite = open(installation, settings, new AotMode.Use(AotCaches.folder(installation)));
        try {
            suite.start();
            return suite;
        } catch (PartFailedException | InterruptedException | RuntimeException e) {
            suite.close();
            throw e;
        }
    }

    /** Starts everything and returns when all of it is ready; whoever gets an exception calls {@link #close}. */
    public void start() throws PartFailedException, InterruptedException {
        order.start();
    }

    /** Address of the front door. */
    public URI url() {
        return url;
    }

    /** What every part is doing. */
    public StatusBoard board() {
        return board;
    }

    /** Stops everything, what was started last first, and gives the data folder back. */
    @Override
    public void close() {
        try {
            order.stop();
        } finally {
            lock.close();
        }
    }

    private Map<Part, Set<String>> parts(Installation installation, AotMode aot, int doorPort) {
        Map<Part, Set<String>> parts = new LinkedHashMap<>();
        BrokerAddress broker = settings.broker().orElseGet(() -> {
            int port = port(BROKER_PORT);
            BrokerAddress embedded = BrokerServer.address(port, data.secrets().password(BrokerPlan.NAME));
            ProcessPlan plan = BrokerPlan.of(installation, data, aot, embedded);
            add(parts, new SupervisedProcess(plan, ledger, board), port, Set.of());
            return embedded;
        });
        broker.write(data.brokerFile());
        DatabaseAddress database = settings.database().orElseGet(() -> {
            int port = port(POSTGRES_PORT);
            EmbeddedPostgres embedded = new EmbeddedPostgres(
                    data.postgres(installation.writableCache(data).resolve("postgres")),
                    port,
                    data.secrets().password("postgres"),
                    ledger,
                    board);
            add(parts, embedded, port, Set.of());
            return embedded.address();
        });
        Map<Service, Integer> servicePorts = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            servicePorts.put(service, port(service.preferredPort()));
        }
        ServicePlans plans =
                new ServicePlans(installation, data, withModel(parts, installation, aot), servicePorts, aot);
        servicePorts.forEach((service, port) -> add(
                parts,
                new SupervisedProcess(plans.plan(service, broker, database), ledger, board),
                port,
                needs(service)));
        Door door = new Door(
                settings.host(),
                doorPort,
                new Routes(servicePorts),
                new CallerRules(settings.host(), settings.allowedHosts()),
                board);
        add(parts, door, doorPort, Set.of());
        return parts;
    }

    /** Adds the server of an embedded model, and tells the services of it as of any other. None of them needs it to start. */
    private SuiteSettings withModel(Map<Part, Set<String>> parts, Installation installation, AotMode aot) {
        return settings.embeddedModel()
                .map(model -> {
                    int port = port(MODEL_PORT);
                    ProcessPlan plan = ModelServerPlan.of(installation, data, settings, aot, port);
                    add(parts, new SupervisedProcess(plan, ledger, board), port, Set.of());
                    return settings.withModelServer(ModelServerPlan.address(model, port));
                })
                .orElse(settings);
    }

    private static Set<String> needs(Service service) {
        Set<String> needs = new HashSet<>();
        if (service.needsBroker()) {
            needs.add(BrokerPlan.NAME);
        }
        if (service.needsDatabase()) {
            needs.add(EmbeddedPostgres.NAME);
        }
        return needs;
    }

    private void add(Map<Part, Set<String>> parts, Part part, int port, Set<String> needs) {
        board.add(PartStatus.waiting(part.name(), port));
        parts.put(part, needs);
    }

    private int port(int preferred) {
        return settings.port() == 0 ? ports.any() : ports.preferring(preferred);
    }

    private static String shownHost(String host) {
        List<String> any = new ArrayList<>(List.of("0.0.0.0", "::", ""));
        String shown = any.contains(host) ? "localhost" : host;
        return shown.contains(":") ? "[" + shown + "]" : shown;
    }
}
