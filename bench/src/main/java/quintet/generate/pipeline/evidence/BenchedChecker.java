package quintet.generate.pipeline.evidence;

import java.time.Duration;
import quintet.generate.model.Claim;
import quintet.generate.model.Support;
import quintet.generate.port.PassageReranker;

/**
 * The checker of claims in this process. It is in the package of the class that it builds, as only a benchmark may be.
 */
public final class BenchedChecker {
    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final ClaimChecker checker;

    /** Checks with what a cross-encoder says. */
    public BenchedChecker(PassageReranker reranker) {
        checker = new ClaimChecker(reranker);
    }

    /** Returns whether a claim is flagged. */
    public boolean flags(Claim claim, ClaimComparison comparison) {
        return checker.check(claim, comparison, BUDGET).await().atMost(BUDGET).support() == Support.UNSUPPORTED;
    }
}
