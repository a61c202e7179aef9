package quintet.retrieve.adapter.rabbitmq;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Events of this service. */
@ConfigMapping(prefix = "quintet.retrieve.events")
interface EventsConfig {
    /** Time for the broker to confirm an event; then the message behind it is tried again. */
    @WithDefault("10s")
    Duration confirmTimeout();
}
