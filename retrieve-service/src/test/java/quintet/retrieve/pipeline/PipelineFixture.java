package quintet.retrieve.pipeline;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.SmallRyeConfigBuilder;
import quintet.retrieve.pipeline.rewriting.RewriterFixture;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.QueryEmbedder;

/** The pipeline of searches as it runs in the service, without its container. */
public final class PipelineFixture {
    private PipelineFixture() {}

    public static RetrievePipeline over(PassageIndex index, QueryEmbedder embedder) {
        SearchConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SearchConfig.class)
                .build()
                .getConfigMapping(SearchConfig.class);
        StageObserver stages = new StageObserver(
                new SimpleMeterRegistry(), OpenTelemetry.noop().getTracer("test"));
        return new RetrievePipeline(
                index,
                RewriterFixture.rewriter(RewriterFixture.NO_MODEL),
                new QueryVectors(embedder, config),
                stages,
                config);
    }
}
