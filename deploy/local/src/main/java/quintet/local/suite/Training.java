package quintet.local.suite;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import quintet.local.process.FileTrees;

/**
 * Makes the ahead-of-time caches once after a build: a process of its own runs the whole suite with a little work to do, and every
 * JVM writes down at its end what it loaded, linked and ran often. Without caches everything works, only starts take longer.
 */
public final class Training {
    private final Installation installation;
    private final Consumer<String> progress;

    /** Tells what it does, a line each. */
    public Training(Installation installation, Consumer<String> progress) {
        this.installation = installation;
        this.progress = progress;
    }

    /** Runs unless it has been run for these jars and this JDK. A failure is told, kept in mind and harms nothing. */
    public void runIfNeeded() throws InterruptedException {
        if (AotCaches.areUpToDate(installation)) {
            return;
        }
        Path caches = AotCaches.folder(installation);
        Path draft = caches.resolveSibling("aot.new");
        try {
            Files.createDirectories(caches.resolveSibling("."));
            FileTrees.delete(draft);
            Files.createDirectories(draft);
        } catch (IOException e) {
            progress.accept("Starts stay slow: the caches can't be written (" + e + ")");
            return;
        }
        try {
            Instant begun = Instant.now();
            progress.accept("First start after a build: preparing fast starts, once ...");
            boolean done = train(draft);
            AotCaches.deleteUnfinished(draft);
            AotCaches.markUpToDate(installation, draft);
            FileTrees.delete(caches);
            Files.move(draft, caches, StandardCopyOption.ATOMIC_MOVE);
            progress.accept(
                    done
                            ? "  done in %d s"
                                    .formatted(Duration.between(begun, Instant.now())
                                            .toSeconds())
                            : "  That failed; Quintet works all the same, only its starts are slower. Why: "
                                    + installation.cache().resolve("training.log"));
        } catch (IOException e) {
            progress.accept("  That failed (" + e + "); Quintet works all the same, only its starts are slower.");
        }
    }

    private boolean train(Path draft) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Installation.java().toString());
        command.addAll(AotMode.trainFlags(AotMode.cache(draft, AotCaches.LAUNCHER)));
        command.addAll(JvmOptions.launcher());
        command.add("-D" + Installation.HOME_PROPERTY + "=" + installation.home());
        command.addAll(List.of("-jar", installation.launcherJar().toString(), "train", draft.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        hideSettings(builder.environment());
        builder.environment().putAll(JvmOptions.environment());
        Process process = builder.start();
        Thread stopper = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(stopper);
        Path log = installation.cache().resolve("training.log");
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter out = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line + "\n");
                if (line.startsWith(TrainingRun.PROGRESS)) {
                    progress.accept("  " + line.substring(TrainingRun.PROGRESS.length()));
                }
            }
        }
        int code = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(stopper);
        return code == 0;
    }

    /** What a user's services read, such as the webhook's address, is not for a run that nobody asked for. */
    static void hideSettings(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("QUINTET_"));
    }
}
