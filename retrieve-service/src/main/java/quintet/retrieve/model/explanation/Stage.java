package quintet.retrieve.model.explanation;

/**
 * A stage of a search.
 *
 * @param name {@code rewrite}, {@code embed}, {@code dense}, {@code lexical}, {@code fuse}, {@code join}, {@code arrange}, {@code
 *     load} or {@code total}
 * @param query position of the query that it worked for in {@link Explanation#queries}; -1 if for all of them
 * @param tookUs microseconds; what ran side by side overlaps
 * @param sentence what it did
 */
public record Stage(String name, int query, long tookUs, String sentence) {}
