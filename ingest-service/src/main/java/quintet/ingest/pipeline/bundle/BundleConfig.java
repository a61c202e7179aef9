package quintet.ingest.pipeline.bundle;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Bounds of exports and imports. */
@ConfigMapping(prefix = "quintet.ingest.bundle")
public interface BundleConfig {
    /** Size of a bundle that is imported; it lies on disk until it is taken in. */
    @WithDefault("8G")
    MemorySize maxSize();

    /** Exports at once; one more is refused with EXPORT_RUNNING. */
    @WithDefault("2")
    @Min(1)
    @Max(100)
    int maxExports();

    /** How long an export waits at its end for documents that are on their way. What is not READY by then is left out. */
    @WithDefault("30s")
    Duration exportWait();

    /** Parts of imported documents that wait for the index at most; an import pauses until there are fewer. */
    @WithDefault("512")
    @Min(1)
    @Max(100_000)
    int maxWaiting();

    /** How long an import pauses before it gives up; what it took in by then stays, and the same import goes on from there. */
    @WithDefault("10m")
    Duration importWait();
}
