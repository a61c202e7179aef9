package quintet.modelserver.pipeline.speculation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Guessing tokens ahead. It never changes what comes, only how fast. */
@ConfigMapping(prefix = "quintet.model-server.speculation")
public interface SpeculationConfig {
    /** Whether it is done at all. */
    @WithDefault("true")
    boolean enabled();

    /** Longest guess in tokens. Raising it wins more where text is copied and loses more where it is not. */
    @WithDefault("8")
    @Min(1)
    @Max(64)
    int maxTokens();

    /** Guessed tokens of all completions in a decode. Raising it keeps guesses long when many run, when they pay less. */
    @WithDefault("32")
    @Min(1)
    @Max(1024)
    int budgetTokens();

    /** Share of right tokens below which a completion stops guessing for a while. */
    @WithDefault("0.3")
    @DecimalMin("0")
    @DecimalMax("1")
    double minAcceptance();

    /** Longest run of tokens that is looked up in the text so far. */
    @WithDefault("4")
    @Min(1)
    @Max(16)
    int ngramMax();

    /** Shortest run. Raising it makes guesses rarer and better. */
    @WithDefault("2")
    @Min(1)
    @Max(16)
    int ngramMin();
}
