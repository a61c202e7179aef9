package quintet.encoder.work;

import java.time.Duration;

/**
 * A result and what it cost.
 *
 * @param value the result
 * @param queueTime from submission until a worker took it
 * @param computeTime from then until the result was there, or its part by size of what a batch took
 */
public record Timed<O>(O value, Duration queueTime, Duration computeTime) {}
