package quintet.retrieve.adapter.lucene;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;

/** The index on disk. */
@ConfigMapping(prefix = "quintet.retrieve.index")
interface LuceneConfig {
    /** Folder of the collections; one process at a time. */
    Path dataDir();

    /** Neighbours of a node in the HNSW graph; raising it finds more and takes memory and indexing time. */
    @WithDefault("16")
    @Min(2)
    @Max(512)
    int m();

    /** Candidates looked at when a node is linked; raising it finds more and takes indexing time. */
    @WithDefault("100")
    @Min(1)
    @Max(3200)
    int efConstruction();

    /** Candidates looked at by a vector search, at least; raising it finds more and takes search time. */
    @WithDefault("100")
    @Min(1)
    @Max(10000)
    int ef();

    /** BM25: how soon more occurrences of a word stop to count; raising it lets them count longer. */
    @WithDefault("1.5")
    @DecimalMin("0")
    float k1();

    /** BM25: how much long passages are held back, 0 to 1. */
    @WithDefault("0.75")
    @DecimalMin("0")
    @DecimalMax("1")
    float b();

    /** Weight of a word in title or file name, against 1 for the text. */
    @WithDefault("2")
    @DecimalMin("1")
    float titleWeight();

    /** Weight of a word in the headings above, against 1 for the text. */
    @WithDefault("1")
    @DecimalMin("1")
    float sectionWeight();

    /** Threads that search, all collections together; raising it takes the processor from everything else. */
    @WithDefault("2")
    @Min(1)
    int searchThreads();

    /** Steps of searches that wait for a thread; one more is refused with OVERLOADED. */
    @WithDefault("256")
    @Min(1)
    int searchQueue();

    /** Threads that write, all collections together. */
    @WithDefault("1")
    @Min(1)
    int writeThreads();

    /** Writes of one collection that wait for a commit; one more is refused with OVERLOADED. */
    @WithDefault("256")
    @Min(1)
    int writeQueue();

    /** Writes in one commit, at most. */
    @WithDefault("64")
    @Min(1)
    int maxBatch();

    /** Memory of a writer before it spills to disk, in mebibytes. */
    @WithDefault("16")
    @Min(1)
    int writeBufferMb();

    /** Collections kept open; of more the one unused for longest is closed until its next use. */
    @WithDefault("32")
    @Min(1)
    int maxOpen();
}
