package quintet.generate.adapter.openai;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The model servers. */
@ConfigMapping(prefix = "quintet.generate.model-server")
interface OpenAiConfig {
    /**
     * Addresses up to and with {@code /v1}, such as http://127.0.0.1:8000/v1, with commas between; all serve the same model. Without
     * one, answers are extractive.
     */
    Optional<List<URI>> url();

    /** Name of the model as the servers know it. */
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
    @DecimalMin("0")
    @DecimalMax("2")
    double temperature();

    /** Time to connect. Raising it delays the other server, or the extractive answer, that takes the place of an unreachable one. */
    @WithDefault("2s")
    Duration connectTimeout();

    /**
     * Time for which a connection that nobody uses is kept. It has to be shorter than the server's own, which is 5 seconds in vLLM:
     * what is sent into a connection that is being closed is lost.
     */
    @WithDefault("4s")
    Duration keepAlive();

    /** Bound on one event of a stream; a server that sends a larger one is taken to be broken. */
    @WithDefault("256K")
    MemorySize maxEventSize();

    /** Time between two looks at a server's health and load. Raising it notices later that a server is full or gone. */
    @WithDefault("1s")
    Duration pollInterval();

    /** Time that a look may take. */
    @WithDefault("1s")
    Duration pollTimeout();
}
