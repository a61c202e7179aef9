package quintet.local.plan;

/**
 * Limits by the data sheet and estimates, in tokens, milliseconds and seconds. A prefix that is found in the cache saves its part of the
 * prompt; none is counted here.
 *
 * @param decodeLimitAlone most tokens a second of one sequence
 * @param prefillLimit most prompt tokens a second of a server
 * @param firstTokenAloneMs to the first token, nothing beside it
 * @param nextTokenAloneMs between tokens, nothing beside it
 * @param sequences of a server when it is full
 * @param nextTokenFullMs between tokens when it is full: the step, and the prompts of others that come between
 * @param firstTokenBurstMs to the first token of the last of a full server's sequences, when all arrive at once
 * @param tokensPerSecond of all servers when they are full
 * @param requestsPerSecond of all servers when they are full
 * @param memoryBound whether full steps wait for memory rather than for arithmetic
 * @param draftedTokens tokens that are drafted for a step, 0 for none
 * @param breakEvenAlone tokens a step from which on drafting pays with nothing beside it; 1 without a drafter
 * @param breakEvenFull the same when full
 */
public record Speed(
        double decodeLimitAlone,
        double prefillLimit,
        double firstTokenAloneMs,
        double nextTokenAloneMs,
        int sequences,
        double nextTokenFullMs,
        double firstTokenBurstMs,
        double tokensPerSecond,
        double requestsPerSecond,
        boolean memoryBound,
        int draftedTokens,
        double breakEvenAlone,
        double breakEvenFull) {
    private static final double MILLIS = 1e3;

    /**
     * Estimates.
     *
     * <p>In the steady state of a full server each of {@code B} sequences needs its prompt read once and its {@code o} tokens
     * decoded: in {@code o x step(B) + B x prompt} seconds {@code B} answers are finished.
     */
    static Speed of(Gpu gpu, Setup setup, Drafter drafter, Workload load, int sequences, int servers) {
        Roofline roofline = new Roofline(gpu, setup);
        double context = load.middleTokens();
        double alone = roofline.stepSeconds(1, 1, context);
        double step = roofline.stepSeconds(sequences, 1, context);
        double cycle = load.outputTokens() * step + sequences * roofline.prefillShare(load.promptTokens());
        double requests = servers * sequences / cycle;
        double prompt = roofline.prefillSeconds(load.promptTokens());
        return new Speed(
                roofline.decodeLimitAlone(context),
                roofline.prefillLimit(load.promptTokens()),
                (prompt + alone) * MILLIS,
                alone * MILLIS,
                sequences,
                cycle / load.outputTokens() * MILLIS,
                (prompt + (sequences - 1) * roofline.prefillShare(load.promptTokens()) + step) * MILLIS,
                requests * load.outputTokens(),
                requests,
                roofline.waitsForMemory(sequences, 1, context),
                drafter.tokens(),
                breakEven(gpu, setup, drafter, context, 1),
                breakEven(gpu, setup, drafter, context, sequences));
    }

    /** Time of a step that drafts and checks, against one that doesn't: so many tokens it must yield on average. */
    private static double breakEven(Gpu gpu, Setup setup, Drafter drafter, double context, int sequences) {
        if (drafter.tokens() == 0) {
            return 1;
        }
        Roofline roofline = new Roofline(gpu, setup);
        double checking = roofline.stepSeconds(sequences, 1 + drafter.tokens(), context);
        double drafting = switch (drafter) {
            case Drafter.None _, Drafter.Ngram _ -> 0;
            case Drafter.Eagle eagle ->
                eagle.tokens()
                        * (eagle.weightBytes(setup.layout().tensorParallel())
                                / (gpu.bandwidthGbps() * 1e9 * Roofline.BANDWIDTH_REACHED));
            case Drafter.Draft draft ->
                draft.tokens()
                        * (new Roofline(gpu, draft.setup(setup.layout().tensorParallel(), setup.cache()))
                                        .stepSeconds(sequences, 1, context)
                                - Roofline.STEP_OVERHEAD);
        };
        return (checking + drafting) / roofline.stepSeconds(sequences, 1, context);
    }
}
