package quintet.retrieve.model.history;

import org.jspecify.annotations.Nullable;

/**
 * A hit then and now.
 *
 * @param chunkId empty if it is hidden
 * @param documentId empty if it is hidden
 * @param rankThen from 1; 0 if it was no hit
 * @param rankNow from 1; 0 if it is no hit
 * @param scoreThen absent if it was no hit
 * @param scoreNow absent if it is no hit
 * @param versionThen 0 if it was no hit or is hidden
 * @param versionNow 0 if it is hidden
 */
public record ComparedHit(
        Outcome outcome,
        String chunkId,
        String documentId,
        int rankThen,
        int rankNow,
        @Nullable Double scoreThen,
        @Nullable Double scoreNow,
        long versionThen,
        long versionNow) {
    /** What became of it. */
    public enum Outcome {
        /** At the same rank. */
        SAME,
        /** At another rank. */
        MOVED,
        /** Was no hit then. */
        CAME,
        /** Is no hit now, though the same version of its document is there. */
        WENT,
        /** Is no hit now, and its document has another version. */
        REPLACED,
        /** The caller does not see it any more: its document is deleted or in other groups. */
        HIDDEN
    }
}
