package quintet.generate.adapter.extractive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How an answer is put together from sentences. */
@ConfigMapping(prefix = "quintet.generate.extractive")
interface ExtractiveConfig {
    /** Sentences of an answer at most. Raising it covers more and reads worse. */
    @WithDefault("4")
    @Min(1)
    @Max(10)
    int maxSentences();

    /** A source is used when its score is at least this share of the best one's. Raising it cites fewer sources. */
    @WithDefault("0.4")
    @DecimalMin("0")
    @DecimalMax("1")
    double sourceShare();

    /** From this calibrated relevance of a source on there is an answer. Raising it refuses more questions. */
    @WithDefault("0.15")
    @DecimalMin("0")
    @DecimalMax("1")
    double minRelevance();

    /** Share of the question's words, weighted by rarity, that a source has to hold where nobody judged relevance. */
    @WithDefault("0.5")
    @DecimalMin("0")
    @DecimalMax("1")
    double minCoverage();

    /** The same where every source was judged and none is relevant enough. */
    @WithDefault("0.85")
    @DecimalMin("0")
    @DecimalMax("1")
    double irrelevantCoverage();
}
