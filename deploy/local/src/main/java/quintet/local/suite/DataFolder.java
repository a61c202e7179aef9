package quintet.local.suite;

import java.nio.file.Path;
import java.util.List;
import quintet.local.database.PostgresFiles;
import quintet.local.part.Service;
import quintet.local.process.Ledger;
import quintet.local.process.PrivateFiles;

/**
 * Everything one suite keeps. Only its owner may look inside.
 *
 * @param root absolute
 */
public record DataFolder(Path root) {
    public DataFolder {
        root = root.toAbsolutePath().normalize();
    }

    /** Makes the folders that are not there. */
    public void create() {
        for (Path folder : List.of(root, run(), logs(), root.resolve("data"))) {
            PrivateFiles.ensureFolder(folder);
        }
    }

    /** The processes that were started and have not ended. */
    public Ledger ledger() {
        return new Ledger(run().resolve("ledger"));
    }

    /** What the launcher says about itself and its parts. */
    public Path statusFile() {
        return run().resolve("status.json");
    }

    /** Held by the launcher as long as it lives. */
    public Path lockFile() {
        return run().resolve("lock");
    }

    /** Where the broker of the running suite is, with its password. */
    public Path brokerFile() {
        return run().resolve("broker.json");
    }

    /** A part's log. */
    public Path log(String part) {
        return logs().resolve(part + ".log");
    }

    /** Everything a service keeps. */
    public Path of(Service service) {
        return root.resolve("data").resolve(service.label());
    }

    /** The embedded broker's queues and messages. */
    Path broker() {
        return root.resolve("broker");
    }

    /** The embedded database. */
    PostgresFiles postgres(Path programs) {
        return new PostgresFiles(programs, root.resolve("postgres"), log("postgres"));
    }

    /** Passwords of the embedded broker and database. */
    Secrets secrets() {
        return new Secrets(root.resolve("secrets"));
    }

    /** Files that can be made again. */
    Path cache() {
        Path cache = root.resolve("cache");
        PrivateFiles.ensureFolder(cache);
        return cache;
    }

    private Path run() {
        return root.resolve("run");
    }

    private Path logs() {
        return root.resolve("logs");
    }
}
