package quintet.ingest.pipeline;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Bounds of what is taken in. */
@ConfigMapping(prefix = "quintet.ingest.limits")
public interface LimitsConfig {
    /** Size of one document. Raising it lets one upload take more disk and its parser more memory. */
    @WithDefault("100M")
    MemorySize maxFile();

    /** Size of one request with all its documents; it lies on disk until it is stored. */
    @WithDefault("512M")
    MemorySize maxRequest();

    /** Size of a JSON body, which is read into memory. */
    @WithDefault("16M")
    MemorySize maxJson();

    /** Documents of one request. */
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int maxDocuments();

    /** Uploads at once; one more is refused with OVERLOADED. Each may take {@link #maxRequest} of disk. */
    @WithDefault("16")
    @Min(1)
    @Max(10_000)
    int maxUploads();

    /**
     * Bytes of JSON and gRPC uploads at once, at least {@link #maxJson}; one more is refused with OVERLOADED. While it is read a
     * body takes several times its size.
     */
    @WithDefault("20M")
    MemorySize maxInMemory();

    /**
     * How often processing of a version is begun before it fails, whatever began it. Messages have limits of their own, which
     * are lower; this one ends what gets around them.
     */
    @WithDefault("100")
    @Min(1)
    int maxAttempts();
}
