package quintet.generate.pipeline.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.generate.model.CheckedClaim;
import quintet.generate.model.Claim;
import quintet.generate.model.Passage;
import quintet.generate.model.Source;
import quintet.generate.model.Support;
import quintet.generate.pipeline.Sources;
import quintet.generate.port.PassageReranker;

class ClaimCheckerTest {
    private static final Duration BUDGET = Duration.ofSeconds(1);

    private static final String PERKS = "Gyms are paid. The bound is $1000 a year. Receipts go to HR.";
    private static final String TRAVEL = "Flights are booked by the travel office. Trains are free to choose.";

    private final List<Source> sources = List.of(
            Sources.source(1, Sources.passage("perks", 3, 0, PERKS, 1), 0.9f, ""),
            Sources.source(2, Sources.passage("travel", 5, 0, TRAVEL, 1), 0.5f, ""));

    private final List<String> read = new ArrayList<>();

    /** What the cross-encoder says; NaN where it does not answer. */
    private float relevance = 0.9f;

    private final ClaimChecker checker = new ClaimChecker(new PassageReranker() {
        @Override
        public Uni<List<Passage>> rerank(String query, List<Passage> passages, Duration budget) {
            throw new AssertionError("nobody asked for an order");
        }

        @Override
        public Uni<List<Float>> relevances(String sentence, List<String> texts, Duration budget) {
            read.addAll(texts);
            return Float.isNaN(relevance)
                    ? Uni.createFrom().failure(Failure.unavailable("RERANK_UNAVAILABLE", "down", null))
                    : Uni.createFrom().item(texts.stream().map(_ -> relevance).toList());
        }
    });

    private CheckedClaim check(String text, Integer... cited) {
        Claim claim = new Claim(0, text.length(), text, List.of(cited));
        return checker.check(claim, new ClaimComparison(sources, "What is paid to Mr Berg?"), BUDGET)
                .await()
                .atMost(BUDGET);
    }

    @Test
    void supportsWhatAPassageSays() {
        CheckedClaim checked = check("A gym is paid, and the bound is $1000 a year.", 1);
        assertThat(checked.support()).isEqualTo(Support.SUPPORTED);
        assertThat(checked.evidence()).hasValueSatisfying(evidence -> {
            assertThat(evidence.number()).isEqualTo(1);
            assertThat(evidence.sentence()).isEqualTo("The bound is $1000 a year.");
            assertThat(PERKS.substring(evidence.start(), evidence.end())).isEqualTo(evidence.sentence());
            assertThat(evidence.page()).isEqualTo(3);
        });
        assertThat(read).first().isEqualTo("The bound is $1000 a year.");
    }

    @Test
    void flagsWhatOnlyAnotherPassageThanTheCitedOneSays() {
        relevance = 0.01f;
        assertThat(check("Flights are booked by the travel office.", 1).support())
                .isEqualTo(Support.UNSUPPORTED);
        assertThat(check("Flights are booked by the travel office.", 2).support())
                .isEqualTo(Support.SUPPORTED);
        assertThat(check("Flights are booked by the travel office.").support()).isEqualTo(Support.SUPPORTED);
    }

    @Test
    void flagsAnotherNumberHoweverMuchElseIsSaid() {
        CheckedClaim checked = check("The bound is $2000 a year.", 1);
        assertThat(checked.support()).isEqualTo(Support.UNSUPPORTED);
        assertThat(checked.unknown()).containsExactly("2000");
        assertThat(checked.evidence()).isPresent();
        assertThat(read).as("texts that were read").isEmpty();
    }

    @Test
    void anAnswerMayRepeatTheNamesOfTheQuestion() {
        assertThat(check("The bound for Berg is $1000 a year.", 1).unknown()).isEmpty();
    }

    @Test
    void flagsWhatHasNothingInCommonWithAnyPassage() {
        CheckedClaim checked = check("Lunch costs nothing here");
        assertThat(checked.support()).isEqualTo(Support.UNSUPPORTED);
        assertThat(checked.evidence()).isEmpty();
    }

    @Test
    void decidesByWordsWhereTheCrossEncoderDoesNotAnswer() {
        relevance = Float.NaN;
        assertThat(check("The bound is $1000 a year.", 1).support()).isEqualTo(Support.SUPPORTED);
        assertThat(check("Receipts must be kept by everybody for seven tax years.", 1)
                        .support())
                .isEqualTo(Support.UNSUPPORTED);
    }

    @Test
    void letsQuestionsHaveTheCrossEncoderWhenMuchIsToBeChecked() throws Exception {
        BlockingQueue<UniEmitter<? super List<Float>>> waiting = new LinkedBlockingQueue<>();
        ClaimChecker slow = new ClaimChecker(new PassageReranker() {
            @Override
            public Uni<List<Passage>> rerank(String query, List<Passage> passages, Duration budget) {
                throw new AssertionError("nobody asked for an order");
            }

            @Override
            public Uni<List<Float>> relevances(String sentence, List<String> texts, Duration budget) {
                return Uni.createFrom().emitter(each -> waiting.add(each));
            }
        });
        String text = "The bound is $1000 a year.";
        Claim claim = new Claim(0, text.length(), text, List.of(1));
        ClaimComparison comparison = new ClaimComparison(sources, "What is paid?");
        CountDownLatch decided = new CountDownLatch(ClaimChecker.MAX_READ);
        List<CompletableFuture<CheckedClaim>> checks = new ArrayList<>();
        for (int i = 0; i < 2 * ClaimChecker.MAX_READ; i++) {
            CompletableFuture<CheckedClaim> check =
                    slow.check(claim, comparison, BUDGET).subscribeAsCompletionStage();
            var _ = check.thenRun(decided::countDown);
            checks.add(check);
        }
        assertThat(decided.await(30, TimeUnit.SECONDS))
                .as("half are decided by words")
                .isTrue();
        assertThat(waiting).hasSize(ClaimChecker.MAX_READ);
        waiting.forEach(each -> each.complete(List.of(0.9f)));
        checks.forEach(check -> assertThat(check.join().support()).isEqualTo(Support.SUPPORTED));
        waiting.clear();
        var _ = slow.check(claim, comparison, BUDGET).subscribeAsCompletionStage();
        assertThat(waiting.poll(30, TimeUnit.SECONDS))
                .as("one that is read again")
                .isNotNull();
    }

    @Test
    void theCrossEncoderTipsTheScale() {
        relevance = 0.98f;
        assertThat(check("Sport in a studio is paid by us", 1).support()).isEqualTo(Support.SUPPORTED);
        relevance = 0.02f;
        assertThat(check("Sport in a studio is paid by us", 1).support()).isEqualTo(Support.UNSUPPORTED);
    }
}
