package quintet.generate.pipeline.evidence;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import quintet.failure.Failure;
import quintet.generate.model.CheckedClaim;
import quintet.generate.model.Citation;
import quintet.generate.model.Claim;
import quintet.generate.model.Sentence;
import quintet.generate.model.Support;
import quintet.generate.pipeline.evidence.ClaimComparison.Place;
import quintet.generate.port.PassageReranker;

/**
 * Decides whether passages say what a sentence claims. A name or number that they don't have settles it; else words and the
 * cross-encoder do ({@link SupportModel}), or words alone where that has too much to do or does not answer in time.
 */
@ApplicationScoped
public class ClaimChecker {
    private static final Logger LOG = Logger.getLogger(ClaimChecker.class);

    /** Sentences that the cross-encoder reads at a time, at most: questions wait for the same one, and come first. */
    static final int MAX_READ = 8;

    private final PassageReranker reranker;
    private final AtomicInteger read = new AtomicInteger();

    ClaimChecker(PassageReranker reranker) {
        this.reranker = reranker;
    }

    /**
     * Checks a claim; never fails.
     *
     * @param budget time that it may take
     */
    public Uni<CheckedClaim> check(Claim claim, ClaimComparison comparison, Duration budget) {
        // Reading passages takes about a millisecond, which others' tokens on the same event loop would wait for.
        return Uni.createFrom()
                .item(() -> comparison.compare(claim))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(words -> decide(claim, words, budget));
    }

    private Uni<CheckedClaim> decide(Claim claim, ClaimComparison.Words words, Duration budget) {
        if (!words.unknown().isEmpty() || words.nearest().isEmpty()) {
            return Uni.createFrom().item(checked(claim, words, Support.UNSUPPORTED));
        }
        List<String> nearest =
                words.nearest().stream().map(place -> place.sentence().text()).toList();
        return relevances(claim, nearest, budget)
                .map(relevances -> SupportModel.probability(
                        words.coverage(), words.nearest().getFirst().coverage(), Collections.max(relevances)))
                .onFailure()
                .recoverWithItem(thrown -> byWords(words, thrown))
                .map(probability -> checked(
                        claim, words, probability >= SupportModel.SUPPORTED ? Support.SUPPORTED : Support.UNSUPPORTED));
    }

    private Uni<List<Float>> relevances(Claim claim, List<String> nearest, Duration budget) {
        if (read.incrementAndGet() > MAX_READ) {
            read.decrementAndGet();
            return Uni.createFrom()
                    .failure(Failure.unavailable("BUSY", "%d sentences are being read".formatted(MAX_READ), null));
        }
        return reranker.relevances(claim.text(), nearest, budget)
                .onTermination()
                .invoke(read::decrementAndGet);
    }

    /** Returns a claim that there was no time to check. */
    public static CheckedClaim unchecked(Claim claim) {
        return new CheckedClaim(claim, Support.UNCHECKED, 0, List.of(), Optional.empty());
    }

    private static double byWords(ClaimComparison.Words words, Throwable thrown) {
        LOG.debugf(
                "claim checked by its words alone, reason=%s",
                Failure.of(thrown).reason());
        return SupportModel.probability(words.coverage());
    }

    private static CheckedClaim checked(Claim claim, ClaimComparison.Words words, Support support) {
        return new CheckedClaim(
                claim,
                support,
                words.coverage(),
                words.unknown(),
                words.nearest().stream().findFirst().map(ClaimChecker::cite));
    }

    private static Citation cite(Place place) {
        Sentence sentence = place.sentence();
        return new Citation(
                place.source().number(),
                sentence.text(),
                sentence.start(),
                sentence.end(),
                place.source().passage().pageAt(sentence.start()),
                Optional.empty());
    }
}
