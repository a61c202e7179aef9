package quintet.local.plan;

/**
 * One way of sharing the work out, and what comes of it.
 *
 * @param sequencesOfUsual how many sequences of the usual length a server holds, at most {@value LayoutSearch#MOST_SEQUENCES}
 * @param sequencesOfLongest how many of the longest
 * @param serving sequences that each server takes at the same time
 * @param stepTokens most tokens of a step
 */
public record Candidate(
        Layout layout,
        GpuMemory memory,
        int sequencesOfUsual,
        int sequencesOfLongest,
        int serving,
        int stepTokens,
        Speed speed) {}
