package quintet.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quintet.bench.report.Progress;
import quintet.bench.suite.OwnSuite;
import quintet.bench.suite.SuiteClient;

/** What the commands are told. */
final class TargetOptions {
    /** Where a suite listens unless told otherwise. */
    static final URI DEFAULT_URL = URI.create("http://127.0.0.1:8080");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    private boolean help;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Front door of a running suite. Without it: see the description of the command.")
    private @Nullable URI url;

    @Option(
            names = "--samples",
            paramLabel = "DIR",
            description = "Folder of the handbook's PDFs (default: samples/hr-handbook of the checkout).")
    private @Nullable Path samples;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to FILE as JSON.")
    private @Nullable Path json;

    /** Absent where the command chooses. */
    @Nullable
    URI url() {
        return url;
    }

    /** Absent where only the tables are wanted. */
    @Nullable
    Path json() {
        return json;
    }

    Path samples() {
        return samples == null ? home().resolve("samples/hr-handbook") : samples;
    }

    /** Returns the checkout: system property {@code quintet.home}, which the script sets, or the working folder. */
    static Path home() {
        return Path.of(Objects.requireNonNullElse(System.getProperty("quintet.home"), ""))
                .toAbsolutePath();
    }

    /** A measurement through the API of a suite. */
    interface Measurement {
        void of(SuiteClient suite) throws IOException;
    }

    /** Measures the suite that was named, or that is running, or one that is started for it; returns the exit code. */
    int measure(Progress progress, Measurement measurement) throws IOException {
        URI asked = url == null ? DEFAULT_URL : url;
        try (SuiteClient running = new SuiteClient(asked)) {
            if (running.isUp()) {
                progress.say("Asking the suite at " + asked);
                measurement.of(running);
                return 0;
            }
        }
        if (url != null) {
            System.err.println("No suite answers at " + url + ". Start one with ./quintet up, or leave --url out.");
            return 1;
        }
        progress.say("No suite answers at " + asked + ": starting one");
        try (OwnSuite own = new OwnSuite(home())) {
            progress.say("Ready after " + own.up().toSeconds() + " s");
            try (SuiteClient suite = new SuiteClient(own.url())) {
                measurement.of(suite);
            }
        }
        return 0;
    }
}
