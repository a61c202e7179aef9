package quintet.retrieve.pipeline;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import quintet.retrieve.model.CollectionAccess;
import quintet.retrieve.model.CollectionName;
import quintet.retrieve.model.EmbeddedQuery;
import quintet.retrieve.model.Fusion;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.Query;
import quintet.retrieve.model.Rewriting;
import quintet.retrieve.model.SearchMode;
import quintet.retrieve.model.SearchResult;
import quintet.retrieve.pipeline.rewriting.BenchedRewriter;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.QueryEmbedder;

/**
 * The search of retrieve-service in this process, with vectors of queries that are there already. It is in the package of the class
 * that it builds, as only a benchmark may be.
 */
public final class BenchedSearch {
    private static final Duration BUDGET = Duration.ofSeconds(10);

    private static final int PRIORITY = 200;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RetrievePipeline pipeline;
    private final CollectionAccess access;

    /**
     * Searches in an index, with the defaults of the service.
     *
     * @param vectors of queries as they are asked, at least one; where one is corrected before it is searched, any vector stands for
     *     its own, which takes as long to be looked for
     */
    public BenchedSearch(PassageIndex index, CollectionName name, Map<String, EmbeddedQuery> vectors) {
        this(index, name, embedder(vectors, vectors.values().iterator().next()));
    }

    private static QueryEmbedder embedder(Map<String, EmbeddedQuery> vectors, EmbeddedQuery otherwise) {
        return (query, _) -> Uni.createFrom().item(() -> vectors.getOrDefault(query, otherwise));
    }

    /** Searches in an index, with the defaults of the service. */
    public BenchedSearch(PassageIndex index, CollectionName name, QueryEmbedder embedder) {
        SearchConfig config = new SmallRyeConfigBuilder()
                // Quarkus brings this one to the service: "5s".
                .withConverter(Duration.class, PRIORITY, text -> Duration.parse("PT" + text))
                .withMapping(SearchConfig.class)
                .build()
                .getConfigMapping(SearchConfig.class);
        StageObserver stages = new StageObserver(meters, OpenTelemetry.noop().getTracer("bench"));
        pipeline = new RetrievePipeline(
                index, BenchedRewriter.create(), new QueryVectors(embedder, config), stages, config);
        access = CollectionAccess.toAllOf(name);
    }

    /** Returns the mean time of each stage of all searches so far, in milliseconds; stages may run side by side. */
    public Map<String, Double> stages() {
        Map<String, Double> means = new TreeMap<>();
        for (Timer timer : meters.find("quintet.retrieve.stage").timers()) {
            means.put(Objects.requireNonNull(timer.getId().getTag("stage")), timer.mean(TimeUnit.MILLISECONDS));
        }
        return means;
    }

    /** Searches once. */
    public SearchResult search(String text, int k, SearchMode mode) {
        return search(text, k, mode, Rewriting.DEFAULT);
    }

    /** Searches once, with other options for what happens to the query before. */
    public SearchResult search(String text, int k, SearchMode mode, Rewriting rewriting) {
        return pipeline.search(
                        access, new Query(text, k, mode, Fusion.ADAPTIVE, MetadataFilter.NONE, rewriting), BUDGET)
                .await()
                .atMost(BUDGET);
    }
}
