package quintet.bench.gateway;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * A way to the model server.
 *
 * @param name for the table
 * @param body of each request
 * @param processorTime that whatever stands in between has used so far
 */
record Target(String name, int port, String body, Supplier<Duration> processorTime) {}
