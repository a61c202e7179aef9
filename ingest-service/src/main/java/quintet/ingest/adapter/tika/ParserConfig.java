package quintet.ingest.adapter.tika;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Bounds of parsing. */
@ConfigMapping(prefix = "quintet.ingest.parser")
interface ParserConfig {
    /** Worker processes, and so files parsed at once. More use more processors and more memory. */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int workers();

    /** Time that one file may take, waiting not counted; a file that takes longer fails. */
    @WithDefault("60s")
    Duration timeout();

    /** Characters that one file may yield; a file with more fails. About 3 bytes of memory each while it is cut. */
    @WithDefault("10000000")
    @Min(1_000)
    int maxTextCharacters();

    /** MiB of memory for the objects of one worker; a file that needs more fails. */
    @WithDefault("256")
    @Min(64)
    @Max(8_192)
    int heap();

    /** Files after which a worker is replaced, so that what parsers leak does not pile up. */
    @WithDefault("1000")
    @Min(1)
    int filesPerWorker();

    /** Time without a file after which a worker is ended; the next file starts one again. */
    @WithDefault("30s")
    Duration idle();
}
