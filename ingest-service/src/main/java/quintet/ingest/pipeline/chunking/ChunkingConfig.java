package quintet.ingest.pipeline.chunking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import quintet.ingest.model.ChunkingSettings;
import quintet.ingest.model.ChunkingStrategy;

/** How documents are cut unless their collection says otherwise; sizes in tokens of the embedding model. */
@ConfigMapping(prefix = "quintet.ingest.chunking")
public interface ChunkingConfig {
    /** The way of cutting. */
    @WithDefault("structure")
    ChunkingStrategy strategy();

    /** Size that chunks come close to. Larger ones carry more context, smaller ones point more exactly. */
    @WithDefault("200")
    @Min(16)
    @Max(480)
    int targetTokens();

    /** Most tokens of a chunk with its overlap; the embedding model reads 512 with its two own. */
    @WithDefault("288")
    @Min(32)
    @Max(510)
    int maxTokens();

    /** Tokens of the sentences that a chunk repeats from the one before it in the same section and page; 0 for none. */
    @WithDefault("30")
    @Min(0)
    @Max(128)
    int overlapTokens();

    /** Sentences that sentence-window shows on each side of what it matched. */
    @WithDefault("3")
    @Min(0)
    @Max(10)
    int windowSentences();

    /** Percentile of the distances between neighbouring sentences above which semantic cuts. Lower makes more chunks. */
    @WithDefault("90")
    @Min(50)
    @Max(99)
    int breakpointPercentile();

    /** Most tokens of what parent-child and sentence-window show for a match. Raising it answers with more, but slower. */
    @WithDefault("512")
    @Min(32)
    @Max(2048)
    int parentTokens();

    /** Returns the same as settings. */
    default ChunkingSettings settings() {
        return new ChunkingSettings(
                strategy(),
                targetTokens(),
                maxTokens(),
                overlapTokens(),
                windowSentences(),
                breakpointPercentile(),
                parentTokens());
    }
}
