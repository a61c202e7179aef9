package quintet.messaging;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How long a message that can not be handled is tried again; the waits in between are {@link RetryPolicy#DELAYS}. */
public interface RetrySettings {
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
