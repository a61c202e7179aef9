package quintet.retrieve.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import quintet.messaging.RetryPolicy;

/** How long a message that can not be handled is tried again; the waits in between are {@link RetryPolicy#DELAYS}. */
@ConfigMapping(prefix = "quintet.retrieve.consumer")
interface ConsumerConfig {
    /** Attempts before a message goes to the dead letters and its document to FAILED; each beyond the fourth adds 2 minutes. */
    @WithDefault("40")
    @Min(1)
    @Max(1000)
    int attempts();

    /** How often this service may die over a message before that goes to the dead letters. */
    @WithDefault("6")
    @Min(1)
    @Max(100)
    int deaths();

    /** Both limits together. */
    default RetryPolicy policy() {
        return new RetryPolicy(attempts(), deaths());
    }
}
