package quintet.retrieve.adapter.qdrant;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import quintet.retrieve.adapter.lucene.WordsFixture;
import quintet.retrieve.port.DocumentHeads;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageVectors;
import quintet.retrieve.port.PassageWords;
import quintet.retrieve.port.PassageWriter;
import quintet.retrieve.port.StoredVectors;
import quintet.retrieve.port.VectorIndexes;

/** The Qdrant adapters as they run in the service, without its container: one process. */
final class QdrantFixture implements AutoCloseable {
    private final QdrantCalls calls;
    private final QdrantCollections collections;
    private final QdrantPassageIndex index;
    private final QdrantReadiness readiness;

    QdrantFixture(String url, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("url", url, "lease-pause", "0s"));
        all.putAll(settings);
        QdrantConfig config = config(all);
        PassageWords words = WordsFixture.words();
        calls = new QdrantCalls(config);
        collections = new QdrantCollections(config, calls, words, new SimpleMeterRegistry());
        index = new QdrantPassageIndex(collections, words);
        readiness = new QdrantReadiness(calls, config);
    }

    QdrantFixture(QdrantServer server) {
        this(server.url(), Map.of());
    }

    static QdrantConfig config(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(QdrantConfig.class);
        settings.forEach((key, value) -> builder.withDefaultValue("quintet.retrieve.qdrant." + key, value));
        return builder.build().getConfigMapping(QdrantConfig.class);
    }

    PassageIndex index() {
        return index;
    }

    PassageWriter writer() {
        return new QdrantPassageWriter(collections);
    }

    StoredVectors storedVectors() {
        return new QdrantStoredVectors(collections);
    }

    PassageVectors vectors() {
        return new QdrantPassageVectors(collections);
    }

    DocumentHeads heads() {
        return new QdrantDocumentHeads(collections);
    }

    VectorIndexes vectorIndexes() {
        return new QdrantVectorIndexes(collections);
    }

    QdrantCollections collections() {
        return collections;
    }

    QdrantReadiness readiness() {
        return readiness;
    }

    /** Ends as a process that is killed does: nothing is given back. */
    void kill() {
        calls.close();
    }

    @Override
    public void close() {
        collections.close();
        calls.close();
    }
}
