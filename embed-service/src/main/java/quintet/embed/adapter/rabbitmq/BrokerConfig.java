package quintet.embed.adapter.rabbitmq;

import io.smallrye.config.ConfigMapping;
import quintet.messaging.BrokerSettings;

/** The broker that events come from and go to. */
@ConfigMapping(prefix = "quintet.embed.broker")
interface BrokerConfig extends BrokerSettings {}
