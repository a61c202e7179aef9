package quintet.retrieve.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static quintet.retrieve.Samples.COLLECTION;
import static quintet.retrieve.Samples.MODEL;
import static quintet.retrieve.Samples.arrived;
import static quintet.retrieve.Samples.info;
import static quintet.retrieve.Samples.parts;
import static quintet.retrieve.Samples.ref;
import static quintet.retrieve.Samples.vector;
import static quintet.retrieve.Samples.whole;
import static quintet.retrieve.port.PassageIndexContract.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.retrieve.adapter.file.StagingFixture;
import quintet.retrieve.adapter.lucene.LuceneFixture;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.DocumentPart;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.Hit;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.pipeline.rewriting.RewriterFixture;

/** Searches in a tight loop while a document is updated, and looks at every answer. */
class AtomicSwitchTest {
    private static final int VERSIONS = 60;
    private static final int MOST_PASSAGES = 12;
    private static final Duration BUDGET = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void aSearchSeesOneWholeVersionAndNeverAnOlderOneAgain() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int[] passages = IntStream.rangeClosed(0, VERSIONS)
                .map(_ -> 1 + random.nextInt(MOST_PASSAGES))
                .toArray();
        try (LuceneFixture lucene = new LuceneFixture(folder.resolve("index"));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            IndexPipeline updates = new IndexPipeline(
                    lucene.writer(),
                    lucene.vectors(),
                    StagingFixture.in(folder.resolve("staging")),
                    new RecordingEvents(),
                    new SimpleMeterRegistry());
            RetrievePipeline searches = searches(lucene);
            updates.add(whole(ref("other", 1), "a passage of another document"));
            version(1, passages[1]).forEach(updates::add);
            // What is set up by the first search of a process must not be set up by three at once.
            assertThat(searchUntil(new AtomicBoolean(true), SearchMode.HYBRID, searches, passages, 1, "first"))
                    .isEqualTo(1);
            AtomicBoolean done = new AtomicBoolean();
            Map<SearchMode, Future<Long>> searchers = new EnumMap<>(SearchMode.class);
            for (SearchMode mode : SearchMode.values()) {
                searchers.put(
                        mode,
                        threads.submit(() -> searchUntil(done, mode, searches, passages, VERSIONS, "seed " + seed)));
            }
            try {
                for (int version = 2; version <= VERSIONS; version++) {
                    // Even versions reuse what the one before has, odd ones come with every vector.
                    Set<String> unchanged =
                            version % 2 == 0 ? Set.copyOf(texts(version - 1, passages[version - 1])) : Set.of();
                    for (DocumentPart part : version(version, passages[version])) {
                        updates.add(arrived(part, unchanged));
                    }
                }
            } finally {
                done.set(true);
            }
            for (Map.Entry<SearchMode, Future<Long>> searcher : searchers.entrySet()) {
                long count = searcher.getValue().get();
                System.out.printf("%s: %d searches during %d updates%n", searcher.getKey(), count, VERSIONS - 1);
                assertThat(count).isPositive();
            }
        }
    }

    /** Returns the number of searches, each of which found one whole version. */
    private static long searchUntil(
            AtomicBoolean done,
            SearchMode mode,
            RetrievePipeline searches,
            int[] passages,
            int newestVersion,
            String as) {
        MetadataFilter only = new MetadataFilter.In("documentId", new TreeSet<>(List.of("a")));
        Query query = new Query("passage", 100, mode, Fusion.ADAPTIVE, only, Rewriting.DEFAULT);
        long count = 0;
        long newest = 0;
        boolean last;
        do {
            last = done.get();
            List<Hit> hits = await(searches.search(CollectionAccess.toAllOf(COLLECTION), query, BUDGET))
                    .hits();
            assertThat(hits).as(as).isNotEmpty();
            long version = hits.getFirst().stored().version();
            assertThat(hits).as(as).extracting(hit -> hit.stored().version()).containsOnly(version);
            assertThat(hits)
                    .as("%s: version %d", as, version)
                    .extracting(hit -> hit.stored().passage().ordinal())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, passages[(int) version]).boxed().toList());
            assertThat(version).as(as).isGreaterThanOrEqualTo(newest);
            newest = version;
            count++;
        } while (!last);
        assertThat(newest).as(as).isEqualTo(newestVersion);
        return count;
    }

    private static List<DocumentPart> version(int version, int passages) {
        return parts(
                ref("a", version),
                info("f", Map.of()),
                MODEL,
                5,
                texts(version, passages).toArray(String[]::new));
    }

    /** The first passage changes with each version, the others stay. */
    private static List<String> texts(int version, int passages) {
        List<String> texts = new ArrayList<>();
        texts.add("passage of version " + version);
        IntStream.range(1, passages).forEach(i -> texts.add("passage %d of all versions".formatted(i)));
        return texts;
    }

    private static RetrievePipeline searches(LuceneFixture lucene) {
        SearchConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SearchConfig.class)
                .build()
                .getConfigMapping(SearchConfig.class);
        StageObserver stages = new StageObserver(
                new SimpleMeterRegistry(), OpenTelemetry.noop().getTracer("test"));
        QueryVectors vectors = new QueryVectors(
                (query, _) -> Uni.createFrom().item(() -> new EmbeddedQuery(vector(query), MODEL, false)), config);
        return new RetrievePipeline(
                lucene.index(), RewriterFixture.rewriter(RewriterFixture.NO_MODEL), vectors, stages, config);
    }
}
