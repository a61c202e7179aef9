package quintet.retrieve.pipeline.rewriting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What happens to a query before it is searched. */
@ConfigMapping(prefix = "quintet.retrieve.rewriting")
interface RewritingConfig {
    /** Feedback: passages that words are taken from. Raising it steadies the words and blurs them. */
    @WithDefault("10")
    @Min(1)
    @Max(100)
    int feedbackPassages();

    /** Feedback: words that are taken. */
    @WithDefault("10")
    @Min(1)
    @Max(64)
    int feedbackWords();

    /** Feedback: their share of all weight, the query's own words having the rest. */
    @WithDefault("0.5")
    @DecimalMin("0.01")
    @DecimalMax("0.99")
    double feedbackShare();

    /** Time for each text that a model server writes; at most 0.4 of what the search has left. */
    @WithDefault("2s")
    Duration modelTimeout();
}
