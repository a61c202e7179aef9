package quintet.local.suite;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import quintet.local.client.Answers;
import quintet.local.client.ApiException;
import quintet.local.client.Documents;
import quintet.local.client.Searches;
import quintet.local.part.PartFailedException;
import quintet.local.process.FileTrees;

/** The work of a training run: documents are ingested, searched and asked about, as a user would do it. */
public final class TrainingRun {
    /** How a line of progress begins, among those that the JVM itself writes. */
    static final String PROGRESS = "@ ";

    private static final String COLLECTION = "training";
    private static final Duration INGEST_TIMEOUT = Duration.ofMinutes(3);
    private static final int ROUNDS = 8;
    private static final List<String> QUESTIONS = List.of(
            "What does the programme reimburse?",
            "How many days of leave are there each year?",
            "Who has to approve a claim?");
    private static final String HANDBOOK = """
            # Handbook

            ## Leave
            Everybody has 25 days of paid leave a year. Leave is asked for in the calendar and approved by the team lead
            within two working days. Up to five days that were not taken move to the next year.

            ## Fitness
            The programme reimburses lessons, memberships and equipment up to 400 dollars a year. A claim needs a receipt
            and is approved by the people team. Vouchers and food are not covered.

            ## Travel
            Trains are booked in second class; flights of more than six hours may be booked in premium economy.
            """;

    private final Installation installation;
    private final Path caches;
    private final Consumer<String> progress;

    /**
     * A run that leaves caches in a folder.
     *
     * @param progress told what is being done
     */
    public TrainingRun(Installation installation, Path caches, Consumer<String> progress) {
        this.installation = installation;
        this.caches = caches;
        this.progress = progress;
    }

    /** Runs it; every service has written its cache when it returns. */
    public void run()
            throws IOException, InterruptedException, AlreadyRunningException, PartFailedException, ApiException {
        DataFolder data = new DataFolder(Files.createTempDirectory("quintet-training"));
        Thread abandon = new Thread(() -> abandon(data));
        Runtime.getRuntime().addShutdownHook(abandon);
        data.create();
        LauncherLog.install(data);
        try (Suite suite =
                Suite.open(installation, SuiteSettings.onFreePorts(data.root()), new AotMode.Train(caches))) {
            progress.accept(PROGRESS + "starting everything");
            suite.start();
            progress.accept(PROGRESS + "ingesting, searching, asking");
            work(suite.url());
            progress.accept(PROGRESS + "writing down what was learned");
        }
        Runtime.getRuntime().removeShutdownHook(abandon);
        FileTrees.delete(data.root());
    }

    private void work(URI door) throws IOException, ApiException, InterruptedException {
        Documents documents = new Documents(door, COLLECTION);
        await(documents, documents.put("handbook.md", "handbook.md", HANDBOOK.getBytes(StandardCharsets.UTF_8)));
        for (Path sample : samples()) {
            await(documents, documents.put(sample.getFileName().toString(), sample));
        }
        Answers answers = new Answers(door, COLLECTION);
        Searches searches = new Searches(door, COLLECTION);
        for (int round = 0; round < ROUNDS; round++) {
            for (String question : QUESTIONS) {
                var _ = searches.search(question);
                answers.stream(question, _ -> {});
                var _ = answers.ask(question);
            }
        }
    }

    /** The smallest of the sample documents: enough to have a real PDF read once. */
    private List<Path> samples() throws IOException {
        Path folder = installation.home().resolve("samples/hr-handbook");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().equals("PerksPlus.pdf"))
                    .toList();
        }
    }

    private static void await(Documents documents, Documents.Put put) throws ApiException, InterruptedException {
        String id = put.document().id();
        Instant deadline = Instant.now().plus(INGEST_TIMEOUT);
        while (!documents.get(id).isSettled() && Instant.now().isBefore(deadline)) {
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    /** Ctrl-C: nobody waits for caches then. */
    private static void abandon(DataFolder data) {
        data.ledger().alive().values().forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }
}
