package quintet.generate.adapter.openai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The model server. */
@ConfigMapping(prefix = "quintet.generate.model-server")
interface OpenAiConfig {
    /** Address up to and with {@code /v1}, such as http://127.0.0.1:8000/v1. Without one, answers are extractive. */
    Optional<URI> url();

    /** Name of the model as the server knows it. */
    @WithDefault("default")
    String model();

    /** File that holds the key; none is sent without one. Read once, at the start. */
    Optional<Path> apiKeyFile();

    /** Bound on the tokens of an answer. Raising it allows longer answers and holds the model server longer. */
    @WithDefault("1024")
    @Min(1)
    @Max(32768)
    int maxTokens();

    /** Randomness of the answer, 0 for none. */
    @WithDefault("0")
    double temperature();

    /** Time to connect. Raising it delays the extractive answer that takes the place of an unreachable server. */
    @WithDefault("2s")
    Duration connectTimeout();
}
