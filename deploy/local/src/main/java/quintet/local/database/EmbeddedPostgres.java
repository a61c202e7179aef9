package quintet.local.database;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quintet.local.part.Part;
import quintet.local.part.PartFailedException;
import quintet.local.part.PartState;
import quintet.local.part.StatusBoard;
import quintet.local.process.Ledger;
import quintet.local.process.Posix;
import quintet.local.process.ProcessPlan;
import quintet.local.process.SupervisedProcess;

/** A PostgreSQL of our own: as durable as any, reachable from this machine only, with a password of its data folder. */
public final class EmbeddedPostgres implements Part {
    /** Name of the part. */
    public static final String NAME = "postgres";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final PostgresFiles files;
    private final int port;
    private final String password;
    private final Ledger ledger;
    private final StatusBoard board;
    private volatile @Nullable SupervisedProcess process;

    /** Doesn't start anything yet. */
    public EmbeddedPostgres(PostgresFiles files, int port, String password, Ledger ledger, StatusBoard board) {
        this.files = files;
        this.port = port;
        this.password = password;
        this.ledger = ledger;
        this.board = board;
    }

    /** Where clients find it. */
    public DatabaseAddress address() {
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresCluster.DATABASE, PostgresCluster.USER, password);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() throws PartFailedException, InterruptedException {
        say("unpacking");
        PostgresBinaries programs = PostgresBinaries.unpack(files.programs());
        RootDrop rootDrop = RootDrop.find();
        PostgresCluster cluster = new PostgresCluster(programs, rootDrop, files.data());
        try {
            if (!cluster.exists()) {
                say("creating the database");
                cluster.create(password);
            }
            rootDrop.handOver(files.data());
            PostmasterFile.ofFolder(files.data()).stopLeftover();
        } catch (IOException e) {
            throw new PartFailedException("PostgreSQL's folder " + files.data() + " can't be used: " + e, e);
        }
        process = new SupervisedProcess(plan(programs, rootDrop), ledger, board);
        process.start();
    }

    @Override
    public void stop() {
        SupervisedProcess running = process;
        if (running != null) {
            running.stop();
        }
    }

    private ProcessPlan plan(PostgresBinaries programs, RootDrop rootDrop) {
        PostmasterFile postmaster = PostmasterFile.ofFolder(files.data());
        List<String> command = rootDrop.wrap(
                programs.program("postgres"),
                "-D",
                files.data().toString(),
                "-p",
                Integer.toString(port),
                "-clisten_addresses=127.0.0.1",
                "-cunix_socket_directories=",
                "-cshared_buffers=64MB",
                "-cmax_connections=50",
                // Change capture reads the log of writes; a reader that stays away may not fill the disk.
                "-cwal_level=logical",
                "-cmax_replication_slots=8",
                "-cmax_wal_senders=8",
                "-cmax_slot_wal_keep_size=2GB");
        return new ProcessPlan(
                NAME,
                command,
                Map.of("LC_ALL", "C", "TZ", "UTC"),
                files.data(),
                files.log(),
                postmaster::isReady,
                START_TIMEOUT,
                STOP_TIMEOUT,
                Posix::interrupt);
    }

    private void say(String detail) {
        board.update(NAME, status -> status.in(PartState.STARTING, detail));
    }
}
