package quintet.local.suite;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import quintet.local.part.Service;

/** An installation whose services are {@link TinyService}: everything but them is real. */
final class TinyInstallation {
    private TinyInstallation() {}

    static Installation in(Path home) throws IOException {
        Installation installation = new Installation(home);
        for (Service service : Service.values()) {
            Path jar = installation.jar(service);
            Files.createDirectories(jar.getParent());
            write(jar);
        }
        Files.createDirectories(installation.modelServerJar().getParent());
        write(installation.modelServerJar());
        Path launcher = installation.launcherJar();
        Files.createDirectories(launcher.getParent());
        writeLauncher(launcher);
        // PostgreSQL is unpacked once for all tests.
        Path cache = Path.of("target/cache").toAbsolutePath();
        Files.createDirectories(cache);
        Files.createDirectories(installation.cache().getParent());
        Files.createSymbolicLink(installation.cache(), cache);
        return installation;
    }

    private static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TinyService.class.getName());
        String name = TinyService.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = TinyService.class.getResourceAsStream("/" + name)) {
            out.putNextEntry(new ZipEntry(name));
            code.transferTo(out);
        }
    }

    /** The launcher under test as a jar: nothing in it but where its classes are. */
    private static void writeLauncher(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "quintet.local.cli.Main");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
}
