package quintet.local.plan;

import static quintet.local.plan.model.Checks.require;

/**
 * What the server is to carry.
 *
 * @param contextTokens longest sequence, prompt and answer together
 * @param concurrency sequences at the same time
 * @param promptTokens of a usual sequence
 * @param outputTokens of a usual sequence
 */
public record Workload(int contextTokens, int concurrency, int promptTokens, int outputTokens) {
    private static final int MAX_CONCURRENCY = 1_000_000;
    private static final int USUAL_OUTPUT = 512;

    public Workload {
        require(contextTokens >= 2, "--context is %d, must be at least 2 tokens", contextTokens);
        require(
                concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
                "--concurrency is %d, must be 1 to %d",
                concurrency,
                MAX_CONCURRENCY);
        require(promptTokens >= 1, "--prompt-tokens is %d, must be at least 1", promptTokens);
        require(outputTokens >= 1, "--output-tokens is %d, must be at least 1", outputTokens);
        require(
                (long) promptTokens + outputTokens <= contextTokens,
                "--prompt-tokens %d and --output-tokens %d are more than --context %d",
                promptTokens,
                outputTokens,
                contextTokens);
    }

    /** Takes what is not told, 0, from the context: an answer of 512 tokens or a quarter of it, and a prompt that fills the rest. */
    public static Workload of(int contextTokens, int concurrency, int promptTokens, int outputTokens) {
        require(contextTokens >= 2, "--context is %d, must be at least 2 tokens", contextTokens);
        int output = outputTokens != 0 ? outputTokens : Math.max(1, Math.min(USUAL_OUTPUT, contextTokens / 4));
        int prompt = promptTokens != 0 ? promptTokens : Math.max(1, contextTokens - output);
        return new Workload(contextTokens, concurrency, prompt, output);
    }

    int sequenceTokens() {
        return promptTokens + outputTokens;
    }

    /** Length of a sequence that is half-way through its answer. */
    double middleTokens() {
        return promptTokens + outputTokens / 2.0;
    }
}
