package quintet.mock;

/**
 * What a server has done so far.
 *
 * @param running completions that hold a slot now
 * @param waiting completions that wait for one now
 * @param started completions that were given a slot
 * @param completed completions that came to their scripted end
 * @param refused completions that were refused
 * @param cancelled completions whose client left
 * @param tokens tokens sent
 * @param promptTokens tokens of all prompts
 * @param mostRunning most that ran at once
 */
public record Counts(
        int running,
        int waiting,
        long started,
        long completed,
        long refused,
        long cancelled,
        long tokens,
        long promptTokens,
        int mostRunning) {}
