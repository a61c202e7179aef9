package quintet.retrieve.adapter.rabbitmq;

import io.smallrye.config.ConfigMapping;
import quintet.messaging.BrokerSettings;

/** The broker that events come from and go to. */
@ConfigMapping(prefix = "quintet.retrieve.broker")
interface BrokerConfig extends BrokerSettings {}
