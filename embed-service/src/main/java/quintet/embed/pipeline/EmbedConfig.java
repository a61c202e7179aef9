package quintet.embed.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What a request may ask for and what a passage is embedded with. */
@ConfigMapping(prefix = "quintet.embed.request")
interface EmbedConfig {
    /** Texts of one request; raising it lets one request keep the model busy for longer. */
    @WithDefault("256")
    @Min(1)
    @Max(2048)
    int maxTexts();

    /** Passages of one request that still overtake documents; a query always does. */
    @WithDefault("16")
    @Min(0)
    int interactivePassages();

    /** Tokens of the line of title and headings in front of a passage, 0 for none; raising it leaves the text less weight. */
    @WithDefault("48")
    @Min(0)
    @Max(256)
    int headerTokens();
}
