package quintet.ingest.adapter.rabbitmq;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import quintet.messaging.BrokerSettings;

/** The broker that events come from and go to. */
@ConfigMapping(prefix = "quintet.ingest.broker")
interface RabbitMqConfig extends BrokerSettings {
    /** How long a batch may wait for its confirms before it is published again. */
    @WithDefault("10s")
    Duration confirmTimeout();
}
