package quintet.ingest.api;

import io.smallrye.config.ConfigMapping;
import quintet.messaging.RetrySettings;

/** How long a message that can not be handled is tried again. */
@ConfigMapping(prefix = "quintet.ingest.consumer")
interface ConsumerConfig extends RetrySettings {}
