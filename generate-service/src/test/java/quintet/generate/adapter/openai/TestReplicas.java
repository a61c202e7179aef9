package quintet.generate.adapter.openai;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quintet.generate.port.ModelReplicas;
import quintet.mock.MockModelServer;

/** The real adapter in front of scripted servers, without a service around it. */
public final class TestReplicas implements AutoCloseable {
    private final OpenAiReplicas replicas;

    private TestReplicas(OpenAiReplicas replicas) {
        this.replicas = replicas;
    }

    /** Returns the adapter over {@code servers}, which it looks at every 20 ms. */
    public static TestReplicas of(Vertx vertx, MockModelServer... servers) {
        String urls = Arrays.stream(servers).map(MockModelServer::url).collect(Collectors.joining(","));
        return new TestReplicas(new OpenAiReplicas(
                vertx,
                config(Map.of(
                        "quintet.generate.model-server.url",
                        urls,
                        "quintet.generate.model-server.poll-interval",
                        "20ms"))));
    }

    /** Returns the adapter. */
    public ModelReplicas replicas() {
        return replicas;
    }

    @Override
    public void close() {
        replicas.close();
    }

    static OpenAiConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(OpenAiConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValues(new TreeMap<>(values))
                .build()
                .getConfigMapping(OpenAiConfig.class);
    }
}
