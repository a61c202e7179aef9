package quintet.ingest.adapter.postgres;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;

/**
 * How much work is under way at once, over all processes; the rest waits in the outbox, where collections take turns. Wider
 * lanes keep more consumers busy and let a document wait behind more of the others'.
 */
@ConfigMapping(prefix = "quintet.ingest.dispatch")
interface DispatchConfig {
    /** Documents handed over for parsing, at most. */
    @WithDefault("64")
    @Min(1)
    @Max(100_000)
    int parseDocuments();

    /** Bytes of the files handed over for parsing; one file more may begin below it. */
    @WithDefault("32M")
    MemorySize parseBytes();

    /** Parts of documents handed over for embedding, at most; a part has up to 16 chunks. */
    @WithDefault("128")
    @Min(1)
    @Max(100_000)
    int embedParts();

    /** Bytes of the parts handed over for embedding, at most; a chunk has about 1.4 kB. One part more may begin below it. */
    @WithDefault("256K")
    MemorySize embedBytes();

    /** Bytes of the parts handed over for embedding on the slowest machine, and until anything was measured. */
    @WithDefault("32K")
    MemorySize embedBytesMin();

    /** Time that the parts handed over for embedding take, by the measured rate; the bytes above are its bounds. */
    @WithDefault("2s")
    Duration embedWork();

    /** Parts of imported documents handed over to the index, at most; they come with their vectors. */
    @WithDefault("128")
    @Min(1)
    @Max(100_000)
    int indexParts();

    /** Bytes of the parts handed over to the index, at most; a chunk has about 3 kB. One part more may begin below it. */
    @WithDefault("1M")
    MemorySize indexBytes();

    /** Deleted documents handed over for removal, at most. */
    @WithDefault("256")
    @Min(1)
    @Max(100_000)
    int removals();

    /** How long handed over work counts as under way; what was lost narrows its lane for that long. */
    @WithDefault("5m")
    Duration lease();

    /** Share of a collection in relation to the others', by name; 1 where none is given. */
    Map<String, @Min(1) @Max(1000) Integer> weights();
}
