package quintet.local.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import quintet.local.part.Service;

/** The ahead-of-time caches of an installation: one per service, one for the broker, one for the launcher and the commands. */
public final class AotCaches {
    /** Name of the launcher's own cache. */
    static final String LAUNCHER = "launcher";

    private static final String KEY = "key";

    private AotCaches() {}

    /** Folder of the caches. */
    public static Path folder(Installation installation) {
        return installation.cache().resolve("aot");
    }

    /** Options of the launcher's own JVM. */
    public static List<String> launcherFlags(Installation installation) {
        return AotMode.useFlags(AotMode.cache(folder(installation), LAUNCHER));
    }

    /** Tells whether a training run for exactly these jars and this JDK has ended, well or badly. */
    static boolean areUpToDate(Installation installation) {
        try {
            return Files.readString(folder(installation).resolve(KEY)).equals(key(installation));
        } catch (IOException _) {
            return false;
        }
    }

    /** Remembers that a training run for these jars and this JDK has ended. */
    static void markUpToDate(Installation installation, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(KEY), key(installation));
    }

    /** Deletes what JVMs leave that were killed while they wrote a cache. */
    static void deleteUnfinished(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(name -> !name.toString().endsWith(".aot")).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The JVM accepts a cache only with the very same files, so their names, sizes and times say enough. */
    private static String key(Installation installation) {
        StringBuilder text =
                new StringBuilder(System.getProperty("java.home") + " " + System.getProperty("java.vm.version") + "\n");
        List<Path> folders = new ArrayList<>();
        folders.add(installation.launcherJar().resolveSibling("lib"));
        for (Service service : Service.values()) {
            folders.add(installation.jar(service).resolveSibling("."));
        }
        folders.add(installation.modelServerJar().resolveSibling("."));
        describe(installation.launcherJar(), text);
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(file -> describe(file, text));
            } catch (IOException e) {
                throw new UncheckedIOException(folder + " can't be read", e);
            }
        }
        return sha256(text.toString());
    }

    private static void describe(Path file, StringBuilder text) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            text.append(file)
                    .append(' ')
                    .append(attributes.size())
                    .append(' ')
                    .append(attributes.lastModifiedTime())
                    .append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
