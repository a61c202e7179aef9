package quintet.ingest;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Waits for what comes true in its own time. */
public final class Eventually {
    private Eventually() {}

    /** Returns as soon as the condition holds; fails after 30 s. */
    public static void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }
}
