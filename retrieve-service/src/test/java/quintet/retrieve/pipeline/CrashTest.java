package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.parts;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.port.PassageIndexContract.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.retrieve.adapter.file.StagingFixture;
import quintet.retrieve.adapter.lucene.LuceneFixture;
import quintet.retrieve.model.CandidateList;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.StoredPassage;
import quintet.retrieve.port.PassageView;

/** A process is halted at a random moment while it takes parts in; what it acknowledged must be there afterwards. */
class CrashTest {
    private static final int DOCUMENTS = 3;
    private static final int VERSIONS = 200;
    private static final int PARTS = 3;

    @TempDir
    Path folder;

    @Test
    void losesNothingThatWasAcknowledgedAndShowsNoHalfVersion() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        int rounds = Integer.getInteger("crash.rounds", 4);
        System.out.println("seed " + seed + ", " + rounds + " rounds");
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            Path data = Files.createDirectory(folder.resolve("round" + round));
            List<String> acknowledged = runUntilHalted(data, random.nextInt(400));
            verify(data, acknowledged, "seed %d round %d".formatted(seed, round));
        }
    }

    /** Returns what the child said it had finished, such as {@code d1 17 2}: document, version, part. */
    private static List<String> runUntilHalted(Path data, int milliseconds) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashTest.class.getName(),
                        data.toString(),
                        Integer.toString(milliseconds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("ack ")) {
                    acknowledged.add(line.substring(4));
                }
            }
        }
        assertThat(child.waitFor()).isEqualTo(137);
        return acknowledged;
    }

    private static void verify(Path data, List<String> acknowledged, String round) {
        int[] finished = new int[DOCUMENTS];
        int[] begun = new int[DOCUMENTS];
        for (String ack : acknowledged) {
            String[] words = ack.split(" ");
            int document = Integer.parseInt(words[0].substring(1));
            int version = Integer.parseInt(words[1]);
            begun[document] = version;
            if (Integer.parseInt(words[2]) == PARTS - 1) {
                finished[document] = version;
            }
        }
        try (LuceneFixture lucene = new LuceneFixture(data.resolve("index"))) {
            IndexPipeline pipeline = pipeline(data, lucene);
            for (int document = 0; document < DOCUMENTS; document++) {
                long visible = wholeVersion(lucene, document, round);
                assertThat(visible).as(round).isBetween((long) finished[document], finished[document] + 1L);
                // The broker delivers again what was not acknowledged, here with the next version's first part.
                int next = Math.max(begun[document], finished[document] + 1);
                for (DocumentPart part : version(document, next)) {
                    if (!acknowledged.contains("d%d %d %d".formatted(document, next, part.part()))) {
                        pipeline.add(part);
                    }
                }
                assertThat(wholeVersion(lucene, document, round)).as(round).isEqualTo(next);
            }
            pipeline.sweep();
            assertThat(StagingFixture.in(data.resolve("staging")).staged())
                    .as(round)
                    .isEmpty();
        }
        System.out.printf(
                "%s: %d acknowledged, versions %s%n",
                round, acknowledged.size(), List.of(finished[0], finished[1], finished[2]));
    }

    /** Returns the version that searches find, after checking that they find all of it and nothing else; 0 for none. */
    private static long wholeVersion(LuceneFixture lucene, int document, String round) {
        if (lucene.writer().head(COLLECTION, "d" + document).isEmpty()) {
            return 0;
        }
        try (PassageView view = await(lucene.index().open(CollectionAccess.toAllOf(COLLECTION)))) {
            MetadataFilter only = new MetadataFilter.In("documentId", new TreeSet<>(List.of("d" + document)));
            CandidateList found = await(view.matching("passage", only, 100));
            List<Long> versions = await(view.load(found.candidates())).stream()
                    .map(StoredPassage::version)
                    .toList();
            assertThat(versions).as(round).hasSize(2 * PARTS).containsOnly(versions.getFirst());
            return versions.getFirst();
        }
    }

    private static List<DocumentPart> version(int document, int version) {
        String[] texts = new String[2 * PARTS];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "passage %d of version %d".formatted(i, version);
        }
        return parts(ref("d" + document, version), info("f", Map.of()), MODEL, 2, texts);
    }

    private static IndexPipeline pipeline(Path data, LuceneFixture lucene) {
        return new IndexPipeline(
                lucene.writer(),
                lucene.vectors(),
                StagingFixture.in(data.resolve("staging")),
                new RecordingEvents(),
                new SimpleMeterRegistry());
    }

    /** The child: takes parts in until it is halted. */
    public static void main(String[] arguments) throws InterruptedException {
        Path data = Path.of(arguments[0]);
        IndexPipeline pipeline = pipeline(data, new LuceneFixture(data.resolve("index")));
        CountDownLatch warm = new CountDownLatch(1);
        List<Thread> consumers = new ArrayList<>();
        for (int document = 0; document < DOCUMENTS; document++) {
            int d = document;
            consumers.add(Thread.ofVirtual().start(() -> {
                for (int version = 1; version <= VERSIONS; version++) {
                    for (DocumentPart part : version(d, version)) {
                        pipeline.add(part);
                        System.out.println("ack d%d %d %d".formatted(d, version, part.part()));
                    }
                    warm.countDown();
                }
            }));
        }
        warm.await();
        CompletableFuture.delayedExecutor(Integer.parseInt(arguments[1]), TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(137));
        for (Thread consumer : consumers) {
            consumer.join();
        }
        Runtime.getRuntime().halt(137);
    }
}
