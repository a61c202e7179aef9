package quintet.embed.api;

import io.smallrye.config.ConfigMapping;
import quintet.messaging.RetrySettings;

/** How long a message that can not be handled is tried again. */
@ConfigMapping(prefix = "quintet.embed.consumer")
interface ConsumerConfig extends RetrySettings {}
