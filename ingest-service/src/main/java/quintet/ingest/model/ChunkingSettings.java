package quintet.ingest.model;

import java.util.Locale;

/**
 * How the documents of a collection are cut. A strategy leaves alone what it has no use for.
 *
 * @param strategy the way of cutting
 * @param targetTokens size that STRUCTURE comes close to, {@value #MIN_TARGET_TOKENS} to {@value #MAX_TARGET_TOKENS}
 *     tokens of the embedding model
 * @param maxTokens most tokens of a chunk with its overlap, {@value #MIN_MAX_TOKENS} to {@value #MAX_MAX_TOKENS}
 * @param overlapTokens tokens that a chunk repeats from the one before it, 0 to {@value #MAX_OVERLAP_TOKENS} and at least
 *     {@value #MIN_OWN_TOKENS} below {@code maxTokens}
 * @param windowSentences sentences that SENTENCE_WINDOW shows on each side of what it matched, 0 to
 *     {@value #MAX_WINDOW_SENTENCES}
 * @param breakpointPercentile share of the distances between neighbouring sentences, in percent, that are too small for
 *     SEMANTIC to cut at, {@value #MIN_PERCENTILE} to {@value #MAX_PERCENTILE}
 * @param parentTokens most tokens of what PARENT_CHILD and SENTENCE_WINDOW show for a match, {@code maxTokens} to
 *     {@value #MAX_PARENT_TOKENS}
 */
public record ChunkingSettings(
        ChunkingStrategy strategy,
        int targetTokens,
        int maxTokens,
        int overlapTokens,
        int windowSentences,
        int breakpointPercentile,
        int parentTokens) {
    public static final int MIN_TARGET_TOKENS = 16;
    public static final int MAX_TARGET_TOKENS = 480;
    public static final int MIN_MAX_TOKENS = 32;
    public static final int MAX_MAX_TOKENS = 510;
    public static final int MAX_OVERLAP_TOKENS = 128;
    public static final int MIN_OWN_TOKENS = 16;
    public static final int MAX_WINDOW_SENTENCES = 10;
    public static final int MIN_PERCENTILE = 50;
    public static final int MAX_PERCENTILE = 99;
    public static final int MAX_PARENT_TOKENS = 2048;

    /** Rejects sizes out of bounds; the message names value and bound. */
    public ChunkingSettings {
        within("targetTokens", targetTokens, MIN_TARGET_TOKENS, MAX_TARGET_TOKENS);
        within("maxTokens", maxTokens, MIN_MAX_TOKENS, MAX_MAX_TOKENS);
        within("overlapTokens", overlapTokens, 0, Math.min(MAX_OVERLAP_TOKENS, maxTokens - MIN_OWN_TOKENS));
        within("windowSentences", windowSentences, 0, MAX_WINDOW_SENTENCES);
        within("breakpointPercentile", breakpointPercentile, MIN_PERCENTILE, MAX_PERCENTILE);
        within("parentTokens", parentTokens, maxTokens, MAX_PARENT_TOKENS);
    }

    /** Returns what a strategy works with unless it is told otherwise. */
    public static ChunkingSettings of(ChunkingStrategy strategy) {
        return switch (strategy) {
            case STRUCTURE -> sizes(strategy, 288, 30, 512);
            case RECURSIVE -> sizes(strategy, 256, 0, 512);
            case SENTENCE_WINDOW -> sizes(strategy, 96, 0, 512);
            case HEADING -> sizes(strategy, 384, 0, 512);
            case SEMANTIC -> sizes(strategy, 384, 0, 512);
            case PARENT_CHILD -> sizes(strategy, 128, 0, 512);
        };
    }

    private static ChunkingSettings sizes(
            ChunkingStrategy strategy, int maxTokens, int overlapTokens, int parentTokens) {
        return new ChunkingSettings(strategy, 200, maxTokens, overlapTokens, 3, 90, parentTokens);
    }

    private static void within(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "chunking.%s is %d, must be %d to %d", name, value, min, max));
        }
    }
}
