package quintet.retrieve.adapter.qdrant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** The index in Qdrant. What both stores have has the values of the index on disk unless it is set here. */
@ConfigMapping(prefix = "quintet.retrieve.qdrant")
interface QdrantConfig {
    /** Where Qdrant's gRPC answers, such as {@code http://qdrant:6334}; without one the index lies on disk. */
    Optional<String> url();

    /** File with the API key; read at start. */
    Optional<Path> apiKeyFile();

    /** First part of the names of everything that is kept in Qdrant, so that several suites can share a cluster. */
    @WithDefault("quintet")
    @Pattern(regexp = "[a-z0-9_-]{1,64}")
    String prefix();

    /** Time that one read has, attempts included. */
    @WithDefault("5s")
    Duration readTimeout();

    /** Time that one write has, attempts included; raising it bears slower disks and lets a stuck one be noticed later. */
    @WithDefault("60s")
    Duration writeTimeout();

    /** Attempts of a call while Qdrant is away, 2 to 5, at growing intervals within its time. */
    @WithDefault("4")
    @Min(2)
    @Max(5)
    int attempts();

    /** Reads on their way at once; one more is refused with OVERLOADED. */
    @WithDefault("256")
    @Min(1)
    int maxReads();

    /** Writes of one collection that wait; one more is refused with OVERLOADED. */
    @WithDefault("256")
    @Min(1)
    int writeQueue();

    /** Documents in one commit, at most. */
    @WithDefault("64")
    @Min(1)
    @Max(1024)
    int maxBatch();

    /** Passages in one request, at most; raising it takes memory and saves round trips. */
    @WithDefault("128")
    @Min(1)
    @Max(1024)
    int upsertBatch();

    /** Shards of a new collection; without a number Qdrant takes one a node. */
    OptionalInt shards();

    /** Copies of each shard of a new collection. */
    @WithDefault("1")
    @Min(1)
    int replicas();

    /** How long replaced and deleted passages are kept for the searches that have begun; longer than a search may take. */
    @WithDefault("30s")
    Duration keepReplaced();

    /** How long the right to write lasts when its holder is not heard of any more. */
    @WithDefault("30s")
    Duration lease();

    /** Pause before a right to write that was free is trusted, in which another process may have taken it too. */
    @WithDefault("250ms")
    Duration leasePause();

    /** Metadata keys of a collection that get an index of their own for numbers, dates or prefixes; others are slower. */
    @WithDefault("64")
    @Min(0)
    @Max(1024)
    int maxFieldIndexes();

    /** Neighbours of a node in the HNSW graph; raising it finds more and takes memory and indexing time. */
    @WithDefault("${quintet.retrieve.index.m:16}")
    @Min(2)
    @Max(512)
    int m();

    /** Candidates looked at when a node is linked; raising it finds more and takes indexing time. */
    @WithDefault("${quintet.retrieve.index.ef-construction:100}")
    @Min(4)
    @Max(3200)
    int efConstruction();

    /** Candidates looked at by a vector search, at least; raising it finds more and takes search time. */
    @WithDefault("${quintet.retrieve.index.ef:100}")
    @Min(1)
    @Max(10000)
    int ef();

    /** BM25: how soon more occurrences of a word stop to count; raising it lets them count longer. */
    @WithDefault("${quintet.retrieve.index.k1:1.5}")
    @DecimalMin("0")
    float k1();

    /** BM25: how much long passages are held back, 0 to 1. */
    @WithDefault("${quintet.retrieve.index.b:0.75}")
    @DecimalMin("0")
    @DecimalMax("1")
    float b();

    /**
     * BM25: length of a passage that is neither long nor short, in words of text, title and headings with their weights. A
     * constant, because a weight is computed once, when its passage is written.
     */
    @WithDefault("200")
    @Min(1)
    int averageLength();
}
