package quintet.modelserver.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How completions share the model. */
@ConfigMapping(prefix = "quintet.model-server.engine")
interface EngineConfig {
    /** Completions that may wait for their turn; more are refused. Raising it refuses fewer and makes them wait longer. */
    @WithDefault("64")
    @Min(0)
    @Max(4096)
    int queue();

    /** Tokens of prompts in a step while completions are being written. Raising it reads prompts faster and makes these stutter. */
    @WithDefault("256")
    @Min(1)
    @Max(8192)
    int prefillTokens();

    /** Bound on a completion that names none, in tokens. All of them are set aside before it starts. */
    @WithDefault("1024")
    @Min(1)
    @Max(1048576)
    int defaultMaxTokens();

    /** Time that completions get to end when the process has to stop. */
    @WithDefault("8s")
    Duration shutdownGrace();
}
