package quintet.embed.adapter.openai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A server elsewhere that makes the vectors. */
@ConfigMapping(prefix = "quintet.embed.remote")
public interface RemoteConfig {
    /** Address up to and with {@code /v1}, such as http://127.0.0.1:8000/v1. Without one, the model runs in this process. */
    Optional<URI> url();

    /** Name of the model as the server knows it and names it in its answers; needed with a URL. */
    Optional<String> model();

    /** Length of the model's vectors, checked against every answer; needed with a URL, 0 for not given. */
    @WithDefault("0")
    @Min(0)
    int dimension();

    /** Longest text in tokens; raising it above what the model reads makes the server refuse or cut. */
    @WithDefault("512")
    @Min(8)
    int maxTokens();

    /** What tells the vectors of this model apart from those of another under the same name; change it when the server's model changes. */
    @WithDefault("1")
    String revision();

    /** File that holds the key; none is sent without one. Read once, at the start. */
    Optional<Path> apiKeyFile();

    /** Put in front of queries, with the space that belongs behind it: {@code "query: "}. */
    Optional<String> queryPrefix();

    /** Put in front of passages. */
    Optional<String> passagePrefix();

    /** Texts of one request; raising it saves round trips and lets a failure cost more. */
    @WithDefault("64")
    @Min(1)
    @Max(2048)
    int batchTexts();

    /** Tokens of one request, each text counted as the longest; raising it saves round trips and makes each take longer. */
    @WithDefault("16384")
    @Min(1)
    int batchTokens();

    /** Requests under way at once for callers, and as many for documents; raising it loads the server more. */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int connections();

    /** Texts that callers wait for and that may queue; raising it makes callers wait where they were refused. */
    @WithDefault("512")
    @Min(1)
    int interactiveQueue();

    /** Texts that nobody waits for and that may queue; raising it keeps more of them in memory. */
    @WithDefault("1024")
    @Min(1)
    int bulkQueue();

    /** Time to connect. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** Time from sending a request to the end of its answer; raising it waits longer for a server that hangs. */
    @WithDefault("20s")
    Duration readTimeout();

    /** How often a request is sent again; raising it hides longer outages and lets their callers wait. */
    @WithDefault("4")
    @Min(0)
    @Max(20)
    int retries();

    /** Longest wait before the first repetition; it doubles from one to the next, up to 10 s, and at least half of it is waited. */
    @WithDefault("500ms")
    Duration backoff();

    /** Longest pause that is waited out when the server asks for one (429); work is refused during longer ones. */
    @WithDefault("60s")
    Duration maxPause();

    /** Time to finish what is queued when the service stops. */
    @WithDefault("3s")
    Duration drain();
}
