package quintet.generate.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How a question is answered. */
@ConfigMapping(prefix = "quintet.generate")
interface GenerateConfig {
    /** Answers at the same time; more are refused with OVERLOADED. Raising it takes memory and delays everyone. */
    @WithDefault("256")
    @Min(1)
    int maxConcurrentAnswers();

    /** Passages taken from search to re-ranking. Raising it finds more and takes longer, about 10 ms each on one core. */
    @WithDefault("12")
    @Min(1)
    @Max(256)
    int candidates();

    /** Bound on the tokens of all passages of a prompt, as the embedding model counts them. */
    @WithDefault("2800")
    @Min(100)
    int maxContextTokens();

    /** Time for a generative answer, from the question to the last token. */
    @WithDefault("30s")
    Duration generativeDeadline();

    /** Time for an extractive answer. */
    @WithDefault("10s")
    Duration extractiveDeadline();

    /** Most that a search may take; it also gets no more than half of the time that is left. */
    @WithDefault("5s")
    Duration retrieveTimeout();

    /** Most that re-ranking may take; it also gets no more than half of the time that is left. */
    @WithDefault("3s")
    Duration rerankTimeout();

    /**
     * Most that checking the sentences of a model server's answer may hold up its end; a sentence that isn't checked by then is
     * reported as unchecked. 0 checks none.
     */
    @WithDefault("2s")
    Duration claimTimeout();

    /**
     * What becomes of a question for which the model servers have no time: {@code degrade} answers from the passages alone and says
     * so, {@code refuse} answers 429. Questions of priority batch are always refused.
     */
    @WithDefault("degrade")
    Overload whenOverloaded();

    /** What becomes of a question for which there is no time. */
    enum Overload {
        /** It is answered from the passages alone. */
        DEGRADE,
        /** It is refused. */
        REFUSE
    }

    /** After a SIGTERM, time that answers have to finish before they end with SHUTTING_DOWN. */
    @WithDefault("8s")
    Duration shutdownGrace();
}
