package quintet.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import quintet.local.part.PartFailedException;

/**
 * PostgreSQL refuses to run as root, and as a user without a name. Such a user gets a namespace in which it is neither; where the kernel or a container
 * forbids those, it runs as nobody, who then owns the database's folder and may pass through the folders above it.
 */
final class RootDrop {
    private static final int ROOT = 0;
    private static final int NOBODY = 65_534;
    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final List<String> OTHER_USER = List.of(
            "setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override");

    private final List<String> prefix;
    private final OptionalInt owner;

    private RootDrop(List<String> prefix, OptionalInt owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    /** Finds a way that works here. */
    static RootDrop find() throws PartFailedException, InterruptedException {
        if (isNameless() && works(NAMESPACE)) {
            return new RootDrop(NAMESPACE, OptionalInt.empty());
        }
        if (!isRoot()) {
            return new RootDrop(List.of(), OptionalInt.empty());
        }
        if (works(NAMESPACE)) {
            return new RootDrop(NAMESPACE, OptionalInt.of(ROOT));
        }
        if (works(OTHER_USER)) {
            return new RootDrop(OTHER_USER, OptionalInt.of(NOBODY));
        }
        throw new PartFailedException(
                "PostgreSQL does not run as root, and neither unshare nor setpriv of util-linux works"
                        + " here; run ./quintet as another user or name a database of your own with --postgres");
    }

    /** A command as it has to be called. */
    List<String> wrap(String... command) {
        return Stream.concat(prefix.stream(), Stream.of(command)).toList();
    }

    /** Makes a folder belong to whoever the commands run as, if it was made in another way. */
    void handOver(Path folder) throws IOException {
        if (owner.isEmpty() || Files.getAttribute(folder, "unix:uid").equals(owner.getAsInt())) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(path, "unix:uid", owner.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** A user id without a name, as containers have it: PostgreSQL wants one, and in a namespace it is nobody's. */
    private static boolean isNameless() {
        return System.getProperty("user.name").equals("?");
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean works(List<String> prefix) throws InterruptedException {
        try {
            Process attempt = new ProcessBuilder(
                            Stream.concat(prefix.stream(), Stream.of("true")).toList())
                    .redirectErrorStream(true)
                    .start();
            return attempt.waitFor(5, TimeUnit.SECONDS) && attempt.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
