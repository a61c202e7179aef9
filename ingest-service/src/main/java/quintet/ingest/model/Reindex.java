package quintet.ingest.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A collection that is built anew beside itself.
 *
 * @param id rises with each
 * @param collection name under which the collection is stored
 * @param oldGeneration name under which the generation is stored that was live before
 * @param newGeneration name under which the generation is stored that is built
 * @param order what was asked for
 * @param copied whether every document is in the new generation
 * @param comparison how the two compare; absent before they were
 * @param notice why it is as it is, where that says more than the state
 * @param attempts how often the step at hand failed in a row
 * @param startedAt when it was asked for
 * @param changedAt when it came to its state
 */
public record Reindex(
        long id,
        String collection,
        String oldGeneration,
        String newGeneration,
        ReindexState state,
        ReindexOrder order,
        boolean copied,
        @Nullable GenerationComparison comparison,
        @Nullable Notice notice,
        int attempts,
        Instant startedAt,
        Instant changedAt) {
    /**
     * Why a re-index is as it is.
     *
     * @param reason for machines
     * @param message for people: what happened and what to do
     */
    public record Notice(String reason, String message) {}

    /** Returns the generation that goes live with the state at hand, or is. */
    public String live() {
        return state == ReindexState.SWITCHING || state == ReindexState.SWITCHED || state == ReindexState.FINISHED
                ? newGeneration
                : oldGeneration;
    }

    /** Returns the other one. */
    public String other() {
        return live().equals(newGeneration) ? oldGeneration : newGeneration;
    }
}
