package quintet.encoder;

import java.time.Duration;

/** Hears of the runs of a model, on its workers' threads. */
@FunctionalInterface
public interface RunListener {
    /** Hears nothing. */
    RunListener NONE = (_, _, _) -> {};

    /**
     * A run has ended well.
     *
     * @param sequences in the batch
     * @param tokens of all of them, special ones included
     * @param took time of the run
     */
    void ran(int sequences, int tokens, Duration took);
}
