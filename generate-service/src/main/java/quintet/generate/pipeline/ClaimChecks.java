package quintet.generate.pipeline;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import quintet.generate.model.AnswerEvent;
import quintet.generate.model.CheckedClaim;
import quintet.generate.model.Claim;
import quintet.generate.model.ClaimCounts;
import quintet.generate.model.Source;
import quintet.generate.pipeline.evidence.ClaimChecker;
import quintet.generate.pipeline.evidence.ClaimComparison;

/**
 * The sentences of one answer on their way through the checker. They are checked beside the writing, which never waits for it; what
 * is not settled at the end has a bound of time. Called by one thread at a time.
 */
final class ClaimChecks {
    /** Sentences of an answer that are checked, at most; the others count as unchecked. */
    private static final int MAX_CLAIMS = 64;

    private final ClaimChecker checker;
    private final ClaimComparison comparison;
    private final Duration budget;
    private final Deque<Check> pending = new ArrayDeque<>();
    private int begun;
    private ClaimCounts counts = ClaimCounts.NONE;

    private record Check(Claim claim, CompletableFuture<CheckedClaim> result) {}

    ClaimChecks(ClaimChecker checker, List<Source> sources, String asked, Duration budget) {
        this.checker = checker;
        this.comparison = new ClaimComparison(sources, asked);
        this.budget = budget;
    }

    /** Begins to check claims, in their order. */
    void begin(List<Claim> claims) {
        for (Claim claim : claims) {
            CompletableFuture<CheckedClaim> result = ++begun > MAX_CLAIMS
                    ? CompletableFuture.completedFuture(ClaimChecker.unchecked(claim))
                    : checker.check(claim, comparison, budget)
                            .subscribeAsCompletionStage()
                            .toCompletableFuture();
            pending.add(new Check(claim, result));
        }
    }

    /** Returns the claims that are settled, in their order. */
    List<AnswerEvent> settled() {
        List<AnswerEvent> settled = new ArrayList<>();
        while (!pending.isEmpty() && pending.getFirst().result().isDone()) {
            settled.add(event(pending.removeFirst()));
        }
        return settled;
    }

    /** Returns all claims that are left once they are settled or the time is over. */
    Uni<List<AnswerEvent>> rest() {
        if (pending.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        CompletableFuture<?>[] left = pending.stream().map(Check::result).toArray(CompletableFuture[]::new);
        return Uni.createFrom()
                .completionStage(() -> CompletableFuture.allOf(left))
                .ifNoItem()
                .after(budget)
                .recoverWithUni(Uni.createFrom().voidItem())
                .map(_ -> {
                    List<AnswerEvent> rest = new ArrayList<>();
                    while (!pending.isEmpty()) {
                        rest.add(event(pending.removeFirst()));
                    }
                    return rest;
                });
    }

    ClaimCounts counts() {
        return counts;
    }

    /** Gives up what is not settled. */
    void cancel() {
        pending.forEach(check -> check.result().cancel(true));
    }

    private AnswerEvent event(Check check) {
        CheckedClaim checked = check.result().getNow(ClaimChecker.unchecked(check.claim()));
        check.result().cancel(true);
        counts = counts.plus(checked.support());
        return new AnswerEvent.Checked(checked);
    }
}
