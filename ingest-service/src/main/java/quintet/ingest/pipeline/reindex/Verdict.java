package quintet.ingest.pipeline.reindex;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quintet.ingest.model.GenerationComparison;
import quintet.ingest.model.Reindex;
import quintet.ingest.model.Reindex.Notice;
import quintet.ingest.model.ReindexState;
import quintet.ingest.model.SwitchRule;

/**
 * What follows from a comparison.
 *
 * @param next SWITCHING or HELD
 * @param notice why it is held
 */
record Verdict(ReindexState next, @Nullable Notice notice) {
    /** Means of the same rankings may differ in their last digits. */
    private static final double ROUNDING = 1e-9;

    private static final String BY_HAND =
            "POST …/reindex/switch lets it go live in any case, DELETE …/reindex discards it";

    static Verdict of(Reindex reindex, GenerationComparison comparison) {
        SwitchRule rule = reindex.order().rule();
        return switch (rule.mode()) {
            case ALWAYS -> new Verdict(ReindexState.SWITCHING, null);
            case NEVER ->
                held(
                        "SWITCH_BY_HAND",
                        "the new generation is ready and waits for POST …/reindex/switch, as was asked for");
            case AUTO -> byBounds(rule, comparison);
        };
    }

    private static Verdict byBounds(SwitchRule rule, GenerationComparison comparison) {
        if (comparison.questions() == 0) {
            return held(
                    "NO_QUESTIONS",
                    "no questions are stored to compare with: PUT …/questions, then POST …/reindex/compare; "
                            + BY_HAND);
        }
        if (!comparison.degraded().isEmpty()) {
            return held(
                    "COMPARISON_DEGRADED",
                    "questions were searched by words alone, which says little of the vectors: POST …/reindex/compare"
                            + " when the model of both generations answers; " + BY_HAND);
        }
        Double before = comparison.ndcgBefore();
        Double after = comparison.ndcgAfter();
        if (before == null || after == null) {
            if (rule.minOverlap() == 0) {
                return held(
                        "NOTHING_TO_HOLD",
                        "no question names relevant documents and minOverlap is 0, so there is no bound to hold: PUT …/questions"
                                + " with relevant documents, then POST …/reindex/compare; " + BY_HAND);
            }
        } else if (before - after > rule.maxNdcgLoss() + ROUNDING) {
            return held(
                    "BOUND_NOT_HELD",
                    String.format(
                            Locale.ROOT,
                            "mean nDCG@10 of %d questions falls from %.4f to %.4f, by more than maxNdcgLoss, which is %s; %s",
                            comparison.judged(),
                            before,
                            after,
                            rule.maxNdcgLoss(),
                            BY_HAND));
        }
        if (comparison.overlap() < rule.minOverlap() - ROUNDING) {
            return held(
                    "BOUND_NOT_HELD",
                    String.format(
                            Locale.ROOT,
                            "mean overlap@10 of %d questions is %.4f, below minOverlap, which is %s; %s",
                            comparison.questions(),
                            comparison.overlap(),
                            rule.minOverlap(),
                            BY_HAND));
        }
        return new Verdict(ReindexState.SWITCHING, null);
    }

    private static Verdict held(String reason, String message) {
        return new Verdict(ReindexState.HELD, new Notice(reason, message));
    }
}
