package quintet.ingest;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Configuration mappings outside the container: defaults, and what a test says instead. */
public final class TestConfigs {
    private TestConfigs() {}

    public static <T> T of(Class<T> mapping, Map<String, String> properties) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withConverter(Duration.class, 100, new DurationConverter())
                .withConverter(Path.class, 100, new PathConverter())
                .withMapping(mapping);
        properties.forEach(config::withDefaultValue);
        return config.build().getConfigMapping(mapping);
    }
}
