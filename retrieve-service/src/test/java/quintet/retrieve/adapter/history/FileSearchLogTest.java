package quintet.retrieve.adapter.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.retrieve.RandomFilters;
import quintet.retrieve.Samples;
import quintet.retrieve.model.Arrangement;
import quintet.retrieve.model.Expansion;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.IndexFacts;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.QueryVariant;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.SearchTimings;
import quintet.retrieve.model.SelfQuery;
import quintet.retrieve.model.Speaker;
import quintet.retrieve.model.StageScores;
import quintet.retrieve.model.Turn;
import quintet.retrieve.model.history.KeptHit;
import quintet.retrieve.model.history.KeptSearch;
import quintet.retrieve.model.history.QueryPrint;
import quintet.retrieve.model.history.SearchId;

class FileSearchLogTest {
    @TempDir
    Path folder;

    private final List<FileSearchLog> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(FileSearchLog::close);
    }

    private FileSearchLog open(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(HistoryConfig.class)
                .withDefaultValue(
                        "quintet.retrieve.history.dir",
                        folder.resolve("searches").toString());
        settings.forEach((key, value) -> builder.withDefaultValue("quintet.retrieve.history." + key, value));
        FileSearchLog log =
                new FileSearchLog(builder.build().getConfigMapping(HistoryConfig.class), new SimpleMeterRegistry());
        opened.add(log);
        log.start(new StartupEvent());
        return log;
    }

    private FileSearchLog ready(Map<String, String> settings) {
        FileSearchLog log = open(settings);
        Awaitility.await().until(() -> log.next().isPresent());
        return log;
    }

    private static KeptSearch search(SearchId id, Query query) {
        return new KeptSearch(
                id,
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                "0123456789ab",
                Samples.COLLECTION,
                query,
                new IndexFacts(Optional.of(Samples.MODEL), "exact", 42),
                List.of("dense"),
                new SearchTimings(Duration.ofNanos(1_001), Duration.ofMillis(2), Duration.ZERO, Duration.ofSeconds(1)),
                List.of(new QueryPrint(QueryVariant.Kind.HYDE, "a", "b", "", "d")),
                List.of(
                        new KeptHit("a#000", "a", 7, 0.75, new StageScores(0.5, null, 0.75)),
                        new KeptHit("b#001", "b", 1, 0.5, new StageScores(null, 1.25, null))));
    }

    private static Query query(String text) {
        return new Query(
                text, 10, SearchMode.HYBRID, Fusion.ADAPTIVE, MetadataFilter.NONE, Rewriting.DEFAULT, Arrangement.NONE);
    }

    private static SearchId keep(FileSearchLog log, String text) {
        SearchId id = log.next().orElseThrow();
        KeptSearch search = search(id, query(text));
        while (!log.keep(search)) {
            Thread.onSpinWait();
        }
        return id;
    }

    private static Optional<KeptSearch> find(FileSearchLog log, SearchId id) {
        return log.find(id).await().atMost(Duration.ofSeconds(30));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("searches"))) {
            return files.filter(file -> file.toString().endsWith(".searches"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void findsASearchAtOnceAndAfterARestart() {
        FileSearchLog log = ready(Map.of());
        SearchId id = keep(log, "what is asked");
        KeptSearch expected = search(id, query("what is asked"));
        assertThat(find(log, id)).contains(expected);
        log.close();
        FileSearchLog next = ready(Map.of());
        assertThat(find(next, id)).contains(expected);
        SearchId second = keep(next, "more");
        assertThat(second.replica()).isEqualTo(id.replica());
        next.close();
        FileSearchLog last = ready(Map.of());
        assertThat(find(last, id)).contains(expected);
        assertThat(find(last, second)).isPresent();
        assertThat(find(last, new SearchId("00000000-000000000000-000000000000")))
                .isEmpty();
    }

    @Test
    void givesBackEveryQueryAsItWas() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        RandomFilters filters = new RandomFilters(new Random(seed));
        SearchId id = new SearchId("00000000-000000000000-000000000000");
        Rewriting rewriting = new Rewriting(
                List.of(new Turn(Speaker.ASSISTANT, "ä€🙂")),
                false,
                true,
                false,
                true,
                Set.of(Expansion.HYDE),
                SelfQuery.BOOST);
        for (int i = 0; i < 300; i++) {
            Query query = new Query(
                    "q" + i,
                    1 + i,
                    SearchMode.values()[i % 3],
                    Fusion.values()[i % 3],
                    filters.filter(1 + i % 4),
                    rewriting,
                    new Arrangement(0.25, i, 3, i % 2 == 0 ? null : -0.5));
            KeptSearch search = search(id, query);
            assertThat(SearchJson.read(SearchJson.write(search)))
                    .as("seed %d", seed)
                    .isEqualTo(search);
        }
    }

    @Test
    void ignoresATornRecordAtTheEndAndWritesOn() throws IOException {
        FileSearchLog log = ready(Map.of());
        SearchId first = keep(log, "first");
        SearchId torn = keep(log, "torn");
        log.close();
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        // Each byte of the last record may be the last one that was written.
        for (int cut = 1; cut < 60; cut += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length - cut));
            FileSearchLog next = ready(Map.of());
            assertThat(find(next, first)).isPresent();
            assertThat(find(next, torn)).isEmpty();
            SearchId later = keep(next, "later");
            next.close();
            FileSearchLog after = ready(Map.of());
            assertThat(find(after, first)).isPresent();
            assertThat(find(after, later)).isPresent();
            after.close();
        }
    }

    @Test
    void readsUpToADamagedRecordAndNoFurther() throws IOException {
        FileSearchLog log = ready(Map.of());
        SearchId first = keep(log, "first");
        SearchId second = keep(log, "second");
        log.close();
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("second");
        bytes[at] ^= 1;
        Files.write(file, bytes);
        FileSearchLog next = ready(Map.of());
        assertThat(find(next, first)).isPresent();
        assertThat(find(next, second)).isEmpty();
    }

    @Test
    void deletesAFileThatHasNothingToRead() throws IOException {
        ready(Map.of()).close();
        Files.writeString(folder.resolve("searches/000000000007.searches"), "QSE");
        FileSearchLog log = ready(Map.of());
        SearchId id = keep(log, "first");
        log.close();
        assertThat(files()).hasSize(1);
        assertThat(find(ready(Map.of()), id)).isPresent();
    }

    @Test
    void keepsTheLastOnesAndNoMore() throws IOException {
        FileSearchLog log = ready(Map.of("max-searches", "80"));
        List<SearchId> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ids.add(keep(log, "query " + i));
        }
        log.close();
        assertThat(files()).hasSizeLessThanOrEqualTo(9);
        FileSearchLog next = ready(Map.of("max-searches", "80"));
        List<Boolean> found = ids.stream().map(id -> find(next, id).isPresent()).toList();
        assertThat(found.stream().filter(each -> each).count()).isBetween(70L, 80L);
        assertThat(found.subList(found.size() - 70, found.size())).containsOnly(true);
        next.close();
        FileSearchLog fewer = ready(Map.of("max-searches", "16"));
        assertThat(ids.stream().filter(id -> find(fewer, id).isPresent()).count())
                .isLessThanOrEqualTo(16);
    }

    @Test
    void staysBelowItsSize() throws IOException {
        FileSearchLog log = ready(Map.of("max-megabytes", "8"));
        String text = "x".repeat(Query.MAX_LENGTH);
        SearchId last = keep(log, text);
        for (int i = 0; i < 1_500; i++) {
            last = keep(log, text);
        }
        log.close();
        long size = 0;
        for (Path file : files()) {
            size += Files.size(file);
        }
        assertThat(size).isBetween(6L << 20, 8L << 20);
        assertThat(find(ready(Map.of("max-megabytes", "8")), last)).isPresent();
    }

    @Test
    void keepsNothingWhenItIsTurnedOff() {
        FileSearchLog log = open(Map.of("enabled", "false"));
        assertThat(log.next()).isEmpty();
        assertThat(folder.resolve("searches")).doesNotExist();
    }

    @Test
    void leavesAFolderAloneThatAnotherHas() {
        FileSearchLog first = ready(Map.of());
        SearchId id = keep(first, "first");
        FileSearchLog second = open(Map.of());
        assertThat(find(second, id)).isEmpty();
        second.close();
        assertThat(second.next()).isEmpty();
        assertThat(find(first, id)).isPresent();
        keep(first, "goes on");
    }

    @Test
    void goesOnWhenTheDiskRefuses() throws IOException {
        FileSearchLog log = ready(Map.of());
        keep(log, "first");
        log.close();
        FileSearchLog next = ready(Map.of());
        // The file is a folder now, which nobody can write to.
        Path file = files().getFirst();
        Files.delete(file);
        Files.createDirectory(file);
        SearchId lost = keep(next, "lost");
        Awaitility.await().until(() -> {
            try {
                return find(next, lost).isEmpty();
            } catch (quintet.failure.Failure unreadable) {
                return true;
            }
        });
        Files.delete(file);
        Files.write(file, "QSEARCH1".getBytes(UTF_8), StandardOpenOption.CREATE);
        assertThat(next.next()).isPresent();
    }
}
