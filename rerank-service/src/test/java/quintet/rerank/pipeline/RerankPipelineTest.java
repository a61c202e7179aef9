package quintet.rerank.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.TracerProvider;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.rerank.model.Candidate;
import quintet.rerank.model.ModelRef;
import quintet.rerank.model.RankedPassage;
import quintet.rerank.model.RerankRequest;
import quintet.rerank.model.RerankResult;
import quintet.rerank.model.ScoredPair;
import quintet.rerank.port.CrossEncoder;

class RerankPipelineTest {
    private final List<Duration> budgets = new ArrayList<>();
    private int inTime = Integer.MAX_VALUE;
    private final RerankPipeline pipeline = new RerankPipeline(
            new LengthEncoder(),
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(RerankConfig.class)
                    .withDefaultValue("quintet.rerank.ranking.max-candidates", "4")
                    .withDefaultValue("quintet.rerank.ranking.max-query-characters", "20")
                    .build()
                    .getConfigMapping(RerankConfig.class),
            TracerProvider.noop().get("test"));

    /** Finds a passage the more relevant the longer it is: a tenth a character. */
    private final class LengthEncoder implements CrossEncoder {
        @Override
        public ModelRef ref() {
            return new ModelRef("length", "1");
        }

        @Override
        public Uni<List<Optional<ScoredPair>>> score(String query, List<String> passages, Duration budget) {
            budgets.add(budget);
            List<Optional<ScoredPair>> pairs = new ArrayList<>();
            for (String passage : passages) {
                pairs.add(
                        pairs.size() >= inTime
                                ? Optional.empty()
                                : Optional.of(new ScoredPair(
                                        passage.length() / 10.0,
                                        Optional.empty(),
                                        false,
                                        Duration.ofMillis(passage.length()),
                                        Duration.ofMillis(2))));
            }
            return Uni.createFrom().item(pairs);
        }
    }

    @Test
    void ordersByRelevanceAndTiesByIndex() {
        RerankResult result = rerank(0, "bb", "aaaa", "cc", "d");
        assertThat(result.results()).extracting(RankedPassage::index).containsExactly(1, 0, 2, 3);
        assertThat(result.results().getFirst().score()).isEqualTo(0.4);
        assertThat(result.scoredCount()).isEqualTo(4);
        assertThat(result.queueTime()).isEqualTo(Duration.ofMillis(4));
        assertThat(result.computeTime()).isEqualTo(Duration.ofMillis(8));
    }

    @Test
    void fusesBothStagesWhereEveryCandidateHasAScore() {
        RerankResult result = rank(new RerankRequest(
                "q",
                List.of(
                        new Candidate("aaaa", Optional.of(1f)),
                        new Candidate("a", Optional.of(9f)),
                        new Candidate("aaaaaaaa", Optional.of(1f))),
                0,
                Optional.empty()));
        assertThat(result.results()).extracting(RankedPassage::index).containsExactly(1, 2, 0);
        assertThat(result.results().getFirst().score()).isEqualTo(0.5 * 1 + 0.5 * 0.1);
    }

    @Test
    void keepsWhatThereWasNoTimeForInItsOrderBehind() {
        inTime = 2;
        RerankResult result = rerank(0, "a", "aa", "aaaaaaaaa", "aaaaaa");
        assertThat(result.results()).extracting(RankedPassage::index).containsExactly(1, 0, 2, 3);
        assertThat(result.results().getLast().pair()).isEmpty();
        assertThat(result.scoredCount()).isEqualTo(2);
    }

    @Test
    void keepsTheFirstStageOrderWhereThereWasNoTimeAtAll() {
        inTime = 0;
        RerankResult result = rerank(2, "a", "aa", "aaa");
        assertThat(result.results()).extracting(RankedPassage::index).containsExactly(0, 1);
        assertThat(result.scoredCount()).isZero();
        assertThat(result.computeTime()).isZero();
    }

    @Test
    void leavesTimeForTheWayBack() {
        rerank(0, "a");
        assertThat(budgets).containsExactly(Duration.ofMillis(900));
        pipeline.rerank(request(0, "a"), Duration.ofMillis(3)).await().indefinitely();
        assertThat(budgets.getLast()).isZero();
    }

    @Test
    void refusesWhatIsNoRequest() {
        assertReason("EMPTY_INPUT", () -> rerank(0));
        assertReason("EMPTY_INPUT", () -> rerank(0, "a", " "));
        assertReason("TOO_MANY_CANDIDATES", () -> rerank(0, "a", "a", "a", "a", "a"));
        assertReason("INVALID_TOP_N", () -> rerank(3, "a", "a"));
        assertReason("INVALID_TOP_N", () -> rerank(-1, "a", "a"));
        List<Candidate> one = List.of(new Candidate("a", Optional.empty()));
        assertReason("EMPTY_QUERY", () -> rank(new RerankRequest(" \t", one, 0, Optional.empty())));
        assertReason("QUERY_TOO_LONG", () -> rank(new RerankRequest("q".repeat(21), one, 0, Optional.empty())));
        assertReason("UNKNOWN_MODEL", () -> rank(new RerankRequest("q", one, 0, Optional.of("other"))));
        List<Candidate> nan = List.of(new Candidate("a", Optional.of(Float.NaN)));
        assertReason("INVALID_SCORE", () -> rank(new RerankRequest("q", nan, 0, Optional.empty())));
        assertThat(budgets).isEmpty();
    }

    private RerankResult rerank(int topN, String... passages) {
        return rank(request(topN, passages));
    }

    private RerankResult rank(RerankRequest request) {
        return pipeline.rerank(request, Duration.ofSeconds(1)).await().indefinitely();
    }

    private static RerankRequest request(int topN, String... passages) {
        List<Candidate> candidates = new ArrayList<>();
        for (String passage : passages) {
            candidates.add(new Candidate(passage, Optional.empty()));
        }
        return new RerankRequest("q", candidates, topN, Optional.empty());
    }

    private static void assertReason(String reason, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}
