package quintet.encoder;

import java.nio.file.Path;

/**
 * How a model is run.
 *
 * @param cache folder for unpacked files, created when needed
 * @param workers threads that run the model, at least 1; as many as processors is the most that helps
 * @param interactiveCapacity interactive items that may wait, at least 1
 * @param bulkCapacity bulk items that may wait, at least 1
 * @param batchTokens tokens of one run, at least 1; a longer sequence still goes, alone
 * @param runs hears of every run
 */
public record EncoderOptions(
        Path cache, int workers, int interactiveCapacity, int bulkCapacity, int batchTokens, RunListener runs) {
    /** Checks the bounds. */
    public EncoderOptions {
        if (workers < 1 || interactiveCapacity < 1 || bulkCapacity < 1 || batchTokens < 1) {
            throw new IllegalArgumentException(
                    "workers %d, interactiveCapacity %d, bulkCapacity %d and batchTokens %d must be at least 1"
                            .formatted(workers, interactiveCapacity, bulkCapacity, batchTokens));
        }
    }
}
