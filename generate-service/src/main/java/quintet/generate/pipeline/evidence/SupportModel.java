package quintet.generate.pipeline.evidence;

/**
 * How probable it is that passages say what a sentence claims: a logistic regression on the share of its words that they have,
 * on that of the nearest of their sentences, and on what the cross-encoder makes of that.
 *
 * <p>Fitted on the 1,188 sentences of mtRAG's reference answers, against the passages of their own questions and against those of
 * other conversations of the same collection; {@code ./quintet bench evidence} measures it.
 */
final class SupportModel {
    /** From here on a claim counts as supported. */
    static final double SUPPORTED = 0.5;

    private static final double INTERCEPT = -2.67;
    private static final double COVERAGE = 2.85;
    private static final double NEAREST = 3.02;
    private static final double LOG_ODDS = 0.70;

    private static final double WORDS_INTERCEPT = -4.30;
    private static final double WORDS_COVERAGE = 8.67;

    /** Log-odds are taken to lie within this: the ends of a probability say no more. */
    private static final double MAX_LOG_ODDS = 4;

    private SupportModel() {}

    /**
     * Returns the probability, 0 to 1.
     *
     * @param coverage share of the claim's words that the passages have, 0 to 1
     * @param nearest share of its words that one sentence has, at most
     * @param relevance the highest calibrated relevance of the nearest sentences to the claim, 0 to 1
     */
    static double probability(double coverage, double nearest, double relevance) {
        double logOdds = Math.clamp(Math.log(relevance / (1 - relevance)), -MAX_LOG_ODDS, MAX_LOG_ODDS);
        return sigmoid(INTERCEPT + COVERAGE * coverage + NEAREST * nearest + LOG_ODDS * logOdds);
    }

    /** Returns the probability where no cross-encoder looked, 0 to 1. */
    static double probability(double coverage) {
        return sigmoid(WORDS_INTERCEPT + WORDS_COVERAGE * coverage);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
