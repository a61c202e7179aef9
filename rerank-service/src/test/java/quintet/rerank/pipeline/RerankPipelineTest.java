package quintet.rerank.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.TracerProvider;
import io.smallrye.config.SmallRyeConfig;
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
import quintet.rerank.model.StopReason;
import quintet.rerank.port.CrossEncoder;

class RerankPipelineTest {
    private final List<Duration> budgets = new ArrayList<>();
    private int inTime = Integer.MAX_VALUE;
    private int scored;
    private final List<List<String>> waves = new ArrayList<>();
    private final SmallRyeConfig config = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(RerankConfig.class)
            .withMapping(CascadeConfig.class)
            .withDefaultValue("quintet.rerank.ranking.max-candidates", "8")
            .withDefaultValue("quintet.rerank.ranking.max-query-characters", "20")
            .withDefaultValue("quintet.rerank.cascade.wave-size", "2")
            .withDefaultValue("quintet.rerank.cascade.patience", "2")
            .build();
    private final LengthEncoder encoder = new LengthEncoder();
    private final RerankPipeline pipeline = new RerankPipeline(
            encoder,
            new RequestBounds(encoder, config.getConfigMapping(RerankConfig.class)),
            config.getConfigMapping(RerankConfig.class),
            config.getConfigMapping(CascadeConfig.class),
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
            waves.add(passages);
            List<Optional<ScoredPair>> pairs = new ArrayList<>();
            for (String passage : passages) {
                pairs.add(
                        scored++ >= inTime
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

        @Override
        public Uni<List<Integer>> countTokens(List<String> texts) {
            return Uni.createFrom().item(texts.stream().map(String::length).toList());
        }
    }

    @Test
    void ordersByRelevanceAndTiesByIndex() {
        RerankResult result = rerank(0, "bb", "aaaa", "cc", "d");
        assertThat(result.results()).extracting(RankedPassage::index).containsExactly(1, 0, 2, 3);
        assertThat(result.results().getFirst().score()).isEqualTo(0.4);
        assertThat(result.scoredCount()).isEqualTo(4);
        assertThat(result.stopReason()).isEqualTo(StopReason.ALL);
        assertThat(waves).hasSize(1);
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
    void stopsOnceTheFirstOnesAreSettledAndKeepsTheCheapOrderBehindThem() {
        RerankResult result = rank(new RerankRequest("q", falling(8), 2, Optional.empty()));
        assertThat(result.results()).extracting(RankedPassage::index).containsExactly(0, 1);
        assertThat(result.scoredCount()).isEqualTo(2);
        assertThat(result.stopReason()).isEqualTo(StopReason.ORDER_SETTLED);
        assertThat(waves).containsExactly(List.of("aaaa", "aaaa"));
    }

    @Test
    void scoresFurtherWavesWhileTheNextOneMayComeAmongTheFirst() {
        List<Candidate> candidates = new ArrayList<>(falling(7));
        candidates.set(2, new Candidate("aaaaaaaaaa", Optional.of(6f)));
        candidates.set(1, new Candidate("a", Optional.of(7f)));
        RerankResult result = rank(new RerankRequest("q", candidates, 1, Optional.empty()));
        assertThat(waves).containsExactly(List.of("aaaa", "a"));
        assertThat(result.results()).extracting(RankedPassage::index).containsExactly(0);

        waves.clear();
        result = rank(new RerankRequest("q", candidates, 2, Optional.empty()));
        assertThat(waves).containsExactly(List.of("aaaa", "a"), List.of("aaaaaaaaaa", "aaaa"));
        assertThat(result.results()).extracting(RankedPassage::index).containsExactly(2, 0);
        assertThat(result.stopReason()).isEqualTo(StopReason.ORDER_SETTLED);
    }

    @Test
    void putsWhatThereWasNoTimeForBehindInTheOrderOfTheCheapScores() {
        inTime = 2;
        List<Candidate> candidates = List.of(
                new Candidate("aa", Optional.of(1f)),
                new Candidate("a", Optional.of(9f)),
                new Candidate("aaaaaaaaa", Optional.of(2f)),
                new Candidate("aaa", Optional.of(8f)));
        RerankResult result = rank(new RerankRequest("q", candidates, 0, Optional.empty()));
        assertThat(result.results()).extracting(RankedPassage::index).containsExactly(3, 1, 2, 0);
        assertThat(result.results().getLast().pair()).isEmpty();
        assertThat(result.scoredCount()).isEqualTo(2);
        assertThat(result.stopReason()).isEqualTo(StopReason.DEADLINE);
    }

    @Test
    void keepsTheCheapOrderWhereThereWasNoTimeAtAll() {
        inTime = 0;
        RerankResult result = rerank(2, "a", "aa", "aaa q");
        assertThat(result.results()).extracting(RankedPassage::index).containsExactly(2, 0);
        assertThat(result.scoredCount()).isZero();
        assertThat(result.computeTime()).isZero();
    }

    @Test
    void leavesTimeForTheWayBack() {
        rerank(0, "a");
        assertThat(budgets.getFirst()).isBetween(Duration.ofMillis(600), Duration.ofMillis(900));
        pipeline.rerank(request(0, "a"), Duration.ofMillis(3)).await().indefinitely();
        assertThat(budgets.getLast()).isZero();
    }

    @Test
    void refusesWhatIsNoRequest() {
        assertReason("EMPTY_INPUT", () -> rerank(0));
        assertReason("EMPTY_INPUT", () -> rerank(0, "a", " "));
        assertReason("TOO_MANY_CANDIDATES", () -> rerank(0, "a", "a", "a", "a", "a", "a", "a", "a", "a"));
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

    /** Candidates alike but for their first-stage scores, which fall from 8 by 1. */
    private static List<Candidate> falling(int count) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            candidates.add(new Candidate("aaaa", Optional.of(8f - i)));
        }
        return candidates;
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
