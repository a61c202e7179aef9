package quintet.rerank.pipeline;

import io.smallrye.config.SmallRyeConfigBuilder;
import quintet.rerank.port.CrossEncoder;

/** {@link RequestBounds} with their defaults, for tests of other packages. */
public final class Bounds {
    private Bounds() {}

    /** Returns the bounds of a service with that model. */
    public static RequestBounds of(CrossEncoder model) {
        return new RequestBounds(
                model,
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(RerankConfig.class)
                        .build()
                        .getConfigMapping(RerankConfig.class));
    }
}
