package quintet.ingest.pipeline.deduplication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How documents are compared; whether they are, and from which similarity on they are the same, each collection says itself.
 * Signatures made with other parameters are not compared: a change holds among the documents that are put from then on.
 */
@ConfigMapping(prefix = "quintet.ingest.deduplication")
public interface DeduplicationConfig {
    /** Successive words that make one shingle. Raising it tells texts further apart: one other word changes more of them. */
    @WithDefault("3")
    @Min(1)
    @Max(16)
    int shingleSize();

    /** Minima of a signature. Raising it makes the estimate better, its error falls with the square root; 4 bytes each. */
    @WithDefault("128")
    @Min(16)
    @Max(1024)
    int permutations();

    /** Bands of a signature. Raising it finds more candidates; bands times rows must not exceed the permutations. */
    @WithDefault("32")
    @Min(1)
    @Max(512)
    int bands();

    /** Minima of a band. Raising it finds fewer candidates that turn out to be none, and misses more that are. */
    @WithDefault("4")
    @Min(1)
    @Max(32)
    int rows();

    /** Originals whose signatures are compared with one document. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int maxCandidates();

    /** Chunks whose embeddings make the vector of a document. Raising it looks at more of a long document and costs time. */
    @WithDefault("8")
    @Min(1)
    @Max(256)
    int vectorChunks();

    /** Vectors that one document is compared with, those of the newest originals; older ones are not looked at. */
    @WithDefault("20000")
    @Min(1)
    @Max(1_000_000)
    int maxVectors();
}
