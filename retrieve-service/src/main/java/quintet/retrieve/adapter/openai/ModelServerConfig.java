package quintet.retrieve.adapter.openai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The model server that rewrites queries. */
@ConfigMapping(prefix = "quintet.retrieve.model-server")
interface ModelServerConfig {
    /**
     * Address up to and with {@code /v1}, such as http://127.0.0.1:8000/v1. Without one, follow-ups are rewritten by a rule. Of several
     * with commas between, as generate-service takes them, the first is asked.
     */
    Optional<List<URI>> url();

    /** Name of the model as the server knows it. */
    @WithDefault("default")
    String model();

    /** File that holds the key; none is sent without one. Read once, at the start. */
    Optional<Path> apiKeyFile();

    /** Time to connect. */
    @WithDefault("1s")
    Duration connectTimeout();
}
