package quintet.local.suite;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import quintet.local.part.Service;

/**
 * Where Quintet itself lies: the jars that the build made. It is only read, but for a cache beside the jars.
 *
 * @param home the folder of the {@code quintet} script
 */
public record Installation(Path home) {
    /** System property with the home, set by the script; without it the place of this class tells. */
    public static final String HOME_PROPERTY = "quintet.home";

    /** The installation this code belongs to. */
    public static Installation find() {
        String home = System.getProperty(HOME_PROPERTY);
        return new Installation(
                home == null ? fromCodeSource() : Path.of(home).toAbsolutePath().normalize());
    }

    /** The Java program that runs this code. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** What {@code java -jar} wants for a service. */
    public Path jar(Service service) {
        return home.resolve(service.label() + "-service").resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** What {@code java -jar} wants for the server of an embedded model. */
    public Path modelServerJar() {
        return home.resolve("model-server/target/quarkus-app/quarkus-run.jar");
    }

    /** The launcher's own jar. */
    public Path launcherJar() {
        return home.resolve("deploy/local/target/quintet-local.jar");
    }

    /** Files that can be made again: PostgreSQL's programs, caches of compiled code. */
    public Path cache() {
        return home.resolve("deploy/local/target/cache");
    }

    /** Jars that the build should have made and that are not there. */
    public List<Path> missingJars() {
        return Stream.concat(Arrays.stream(Service.values()).map(this::jar), Stream.of(modelServerJar()))
                .filter(jar -> !Files.exists(jar))
                .toList();
    }

    /** A folder for {@link #cache}'s files that can be written to: the cache, or else one of the data folder. */
    Path writableCache(DataFolder data) {
        try {
            Files.createDirectories(cache());
            if (Files.isWritable(cache())) {
                return cache();
            }
        } catch (IOException _) {
            // Somebody else's installation.
        }
        return data.cache();
    }

    private static Path fromCodeSource() {
        try {
            // <home>/deploy/local/target/{classes,quintet-local.jar}
            Path code = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.resolve("../../../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The place of this program can't be told; set -D" + HOME_PROPERTY, e);
        }
    }
}
