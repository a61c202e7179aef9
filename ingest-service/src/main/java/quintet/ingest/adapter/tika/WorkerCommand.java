package quintet.ingest.adapter.tika;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** How a worker is started: the same Java and the same classes as this process, less of everything else. */
final class WorkerCommand {
    /** All that a worker sees of the environment: what says how file names are written, and no secret. */
    private static final Set<String> ENVIRONMENT = Set.of("LANG", "LC_ALL", "LC_CTYPE");

    private static final String FAST_JAR = "quarkus-run.jar";

    private final ParserConfig config;

    WorkerCommand(ParserConfig config) {
        this.config = config;
    }

    /** Returns a builder for a worker whose temporary files lie in {@code folder}. */
    ProcessBuilder in(Path folder) {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + config.heap() + "m",
                "-Xms16m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+UseSerialGC",
                "-XX:MinHeapFreeRatio=15",
                "-XX:MaxHeapFreeRatio=30",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Djava.io.tmpdir=" + folder,
                "-Djava.awt.headless=true",
                // A file of host names that is not there: none can be resolved.
                "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
                "-cp",
                classPath(),
                WorkerMain.class.getName(),
                Integer.toString(config.maxTextCharacters())));
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return builder.directory(folder.toFile());
    }

    /** Quarkus's runner has its jars in folders beside it; elsewhere the class path is what Java was given. */
    private static String classPath() {
        String own = System.getProperty("java.class.path");
        Path runner = Path.of(own.split(File.pathSeparator, 2)[0]).toAbsolutePath();
        if (!runner.endsWith(FAST_JAR)) {
            return own;
        }
        Path app = runner.getParent();
        return String.join(File.pathSeparator, app + "/app/*", app + "/lib/main/*", app + "/lib/boot/*");
    }
}
