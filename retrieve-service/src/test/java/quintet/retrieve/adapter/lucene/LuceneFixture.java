package quintet.retrieve.adapter.lucene;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import quintet.retrieve.port.PassageIndex;
import quintet.retrieve.port.PassageVectors;
import quintet.retrieve.port.PassageWriter;
import quintet.retrieve.port.StoredVectors;

/** The Lucene adapters as they run in the service, without its container. */
public final class LuceneFixture implements AutoCloseable {
    private final LuceneCollections collections;
    private final LucenePassageIndex index;
    private final LucenePassageWriter writer;
    private final LuceneVectorIndexes vectorIndexes;

    public LuceneFixture(Path folder, Map<String, String> settings) {
        LuceneConfig config = config(folder, settings);
        collections = new LuceneCollections(config, new SimpleMeterRegistry());
        index = new LucenePassageIndex(collections, config);
        writer = new LucenePassageWriter(collections);
        vectorIndexes = new LuceneVectorIndexes(collections);
    }

    public LuceneFixture(Path folder) {
        this(folder, Map.of());
    }

    static LuceneConfig config(Path folder, Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withMapping(LuceneConfig.class)
                .withDefaultValue("quintet.retrieve.index.data-dir", folder.toString());
        settings.forEach((key, value) -> builder.withDefaultValue("quintet.retrieve.index." + key, value));
        return builder.build().getConfigMapping(LuceneConfig.class);
    }

    public PassageIndex index() {
        return index;
    }

    public StoredVectors storedVectors() {
        return new LuceneStoredVectors(collections);
    }

    public PassageVectors vectors() {
        return new LucenePassageVectors(collections);
    }

    public PassageWriter writer() {
        return writer;
    }

    LuceneVectorIndexes vectorIndexes() {
        return vectorIndexes;
    }

    LuceneCollections collections() {
        return collections;
    }

    @Override
    public void close() {
        index.close();
        vectorIndexes.close();
        collections.close();
    }
}
