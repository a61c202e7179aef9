package quintet.embed.adapter.clip;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.OptionalLong;

/** Images in requests, for a model that reads them. */
@ConfigMapping(prefix = "quintet.embed.images")
public interface ImageConfig {
    /** Bytes of an encoded image; the request itself must fit {@code quarkus.http.limits.max-body-size}, in base64. */
    @WithDefault("10M")
    MemorySize maxBytes();

    /**
     * Pixels of a decoded image, which takes 7 bytes of memory for each, or 11; raising it above what the Java heap holds beside the rest
     * ends the process on the largest ones. A twentieth of the heap's bytes unless set, at most 64 million.
     */
    @Min(1)
    @Max(500_000_000)
    OptionalLong maxPixels();

    /** Requests that wait for their images to be decoded, one at a time; raising it makes callers wait where they were refused. */
    @WithDefault("32")
    @Min(1)
    int queue();
}
