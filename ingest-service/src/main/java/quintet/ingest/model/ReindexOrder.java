package quintet.ingest.model;

import org.jspecify.annotations.Nullable;

/**
 * What a re-index is asked for.
 *
 * @param settings of the new generation
 * @param index how its vectors are searched; absent for as by default
 * @param rule when it goes live
 */
public record ReindexOrder(
        CollectionSettings settings, @Nullable IndexChoice index, SwitchRule rule) {}
