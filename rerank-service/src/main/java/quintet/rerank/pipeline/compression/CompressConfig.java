package quintet.rerank.pipeline.compression;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What is left out of passages; {@code ./quintet bench compress} measures what that costs in answers. */
@ConfigMapping(prefix = "quintet.rerank.compression")
interface CompressConfig {
    /** Share of the best sentence's score below which a sentence is left out, unless a request says otherwise; raising it keeps less. */
    @WithDefault("0.3")
    @DecimalMin("0")
    @DecimalMax("1")
    double threshold();

    /** Whether the first sentence of a passage stays where another one does, unless a request says otherwise. */
    @WithDefault("false")
    boolean keepFirst();

    /** Jaccard similarity of runs of three words from which on a passage is merged into one before it; above 1 for never. */
    @WithDefault("0.8")
    @DecimalMin("0.1")
    double mergeSimilarity();

    /** Sentences of a request that the cross-encoder reads, those with the most words of the query first; raising it takes longer. */
    @WithDefault("256")
    @Min(1)
    @Max(1024)
    int maxScored();

    /** Passages of one request. */
    @WithDefault("64")
    @Min(1)
    @Max(256)
    int maxPassages();

    /** Characters of all passages together. */
    @WithDefault("131072")
    @Min(1)
    int maxCharacters();
}
