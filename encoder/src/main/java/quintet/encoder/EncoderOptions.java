package quintet.encoder;

import java.nio.file.Path;

/**
 * How a model is run.
 *
 * @param cache folder for unpacked files, created when needed
 * @param workers threads that run the model, at least 1; as many as processors is the most that helps
 * @param interactiveCapacity interactive items that may wait, at least 1
 * @param bulkCapacity bulk items that may wait, at least 1
 */
public record EncoderOptions(Path cache, int workers, int interactiveCapacity, int bulkCapacity) {
    /** Checks the bounds. */
    public EncoderOptions {
        if (workers < 1 || interactiveCapacity < 1 || bulkCapacity < 1) {
            throw new IllegalArgumentException(
                    "workers %d, interactiveCapacity %d and bulkCapacity %d must be at least 1"
                            .formatted(workers, interactiveCapacity, bulkCapacity));
        }
    }
}
