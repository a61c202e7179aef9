package quintet.ingest.adapter.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The program that is told of state changes; without a URL nobody is. */
@ConfigMapping(prefix = "quintet.ingest.webhook")
interface WebhookConfig {
    /** Where requests go: http or https. Redirects are not followed. */
    Optional<URI> url();

    /** File with the secret that requests are signed with, at least 16 characters; needed with a URL. */
    Optional<Path> secretFile();

    /** How long one request may take, the answer included; at most one minute. */
    @WithDefault("10s")
    Duration timeout();
}
