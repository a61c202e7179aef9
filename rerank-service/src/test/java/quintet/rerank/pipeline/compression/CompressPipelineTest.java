package quintet.rerank.pipeline.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import quintet.failure.Failure;
import quintet.rerank.model.CompressRequest;
import quintet.rerank.model.CompressResult;
import quintet.rerank.model.CompressedPassage;
import quintet.rerank.model.CompressedPassage.Outcome;
import quintet.rerank.model.ModelRef;
import quintet.rerank.model.ScoredPair;
import quintet.rerank.model.TextSpan;
import quintet.rerank.pipeline.Bounds;
import quintet.rerank.pipeline.Words;
import quintet.rerank.port.CrossEncoder;

class CompressPipelineTest {
    private static final String QUERY = "What does the plan pay?";
    private static final String PLAN = "Overview of plans. The plan pays a gym.\nIt pays gold. Sleep well.";
    private static final String OTHER = "Ask your manager. Bring a pen.";

    private final List<String> read = new ArrayList<>();
    private int inTime = Integer.MAX_VALUE;

    /** Finds that only sentences with "gold" matter; a token is a word. */
    private final class GoldReader implements CrossEncoder {
        @Override
        public ModelRef ref() {
            return new ModelRef("gold", "1");
        }

        @Override
        public Uni<List<Optional<ScoredPair>>> score(String query, List<String> passages, Duration budget) {
            read.addAll(passages);
            List<Optional<ScoredPair>> pairs = new ArrayList<>(Collections.nCopies(passages.size(), Optional.empty()));
            for (int i = 0; i < Math.min(inTime, passages.size()); i++) {
                pairs.set(
                        i,
                        Optional.of(new ScoredPair(
                                passages.get(i).contains("gold") ? 1 : 0,
                                Optional.empty(),
                                false,
                                Duration.ofMillis(1),
                                Duration.ofMillis(2))));
            }
            return Uni.createFrom().item(pairs);
        }

        @Override
        public Uni<List<Integer>> countTokens(List<String> texts) {
            return Uni.createFrom()
                    .item(texts.stream().map(text -> Words.of(text).size()).toList());
        }
    }

    @Test
    void keepsWhatMattersWithItsPlaceInTheText() {
        CompressResult result = compress(request(0.6, PLAN, OTHER));
        CompressedPassage plan = result.passages().getFirst();
        assertThat(plan.outcome()).isEqualTo(Outcome.KEPT);
        assertThat(plan.text()).isEqualTo("The plan pays a gym.\nIt pays gold.");
        assertThat(plan.spans()).containsExactly(new TextSpan(19, 53));
        assertThat(plan.tokens()).isEqualTo(8);
        assertThat(result.passages().getLast().outcome()).isEqualTo(Outcome.IRRELEVANT);
        assertThat(result.passages().getLast().text()).isEmpty();
        assertThat(result.originalTokens()).isEqualTo(19);
        assertThat(result.keptTokens()).isEqualTo(8);
        assertThat(result.sentenceCount()).isEqualTo(6);
        assertThat(result.scoredCount()).isEqualTo(6);
        assertThat(result.computeTime()).isEqualTo(Duration.ofMillis(12));
    }

    @Test
    void keepsALineBreakWhereOneWasLeftOut() {
        String rows = "| the plan pays gold |\n| nothing |\n| the plan pays gold |";
        CompressedPassage passage = compress(request(0.9, rows)).passages().getFirst();
        assertThat(passage.text()).isEqualTo("| the plan pays gold |\n| the plan pays gold |");
        assertThat(passage.spans()).hasSize(2);
    }

    @Test
    void mergesWhatSaysTheSameAndReadsItOnce() {
        CompressResult result = compress(request(0.6, PLAN, PLAN.replace('\n', ' '), OTHER));
        CompressedPassage copy = result.passages().get(1);
        assertThat(copy.outcome()).isEqualTo(Outcome.MERGED);
        assertThat(copy.mergedInto()).contains(0);
        assertThat(result.sentenceCount()).isEqualTo(6);
        assertThat(read).hasSize(6);
        assertThat(result.originalTokens()).isEqualTo(19 + 13);
    }

    @Test
    void saysWhichPassagesTheBudgetHadNoRoomFor() {
        CompressResult result = compress(new CompressRequest(
                QUERY,
                List.of("The plan pays gold. Sleep well.", "A plan pays gold too and all the rest."),
                Optional.of(4),
                Optional.of(0.2),
                Optional.empty(),
                Optional.of(0.5),
                Optional.empty()));
        assertThat(result.passages())
                .extracting(CompressedPassage::outcome)
                .containsExactly(Outcome.KEPT, Outcome.OVER_BUDGET);
        assertThat(result.keptTokens()).isEqualTo(4);
    }

    @Test
    void readsTheSentencesWithTheWordsOfTheQueryFirstAndJudgesTheOthersByTheirWords() {
        inTime = 1;
        CompressResult result = compress(request(0.7, "Gold is gold. The plan pays a gym. What pay?"));
        assertThat(read).startsWith("The plan pays a gym.").endsWith("Gold is gold.");
        assertThat(result.scoredCount()).isEqualTo(1);
        assertThat(result.passages().getFirst().text()).isEqualTo("The plan pays a gym. What pay?");
    }

    @Test
    void keepsFirstSentencesWhereThatIsAskedFor() {
        CompressResult result = compress(new CompressRequest(
                QUERY,
                List.of(PLAN),
                Optional.empty(),
                Optional.of(0.6),
                Optional.of(true),
                Optional.empty(),
                Optional.empty()));
        assertThat(result.passages().getFirst().text()).startsWith("Overview of plans.");
    }

    @Test
    void refusesWhatIsNoRequest() {
        assertReason("EMPTY_INPUT", request(0.5));
        assertReason("EMPTY_INPUT", request(0.5, "a", " "));
        assertReason("TOO_MANY_PASSAGES", request(0.5, "a", "b", "c", "d"));
        assertReason("PASSAGES_TOO_LONG", request(0.5, "a".repeat(100), "a".repeat(101)));
        assertReason("INVALID_THRESHOLD", request(1.5, "a"));
        assertReason("INVALID_THRESHOLD", request(Double.NaN, "a"));
        assertReason("INVALID_MAX_TOKENS", request("q", 0, 1, Optional.empty()));
        assertReason("INVALID_MMR_LAMBDA", request("q", 1, -0.1, Optional.empty()));
        assertReason("EMPTY_QUERY", request(" ", 1, 1, Optional.empty()));
        assertReason("UNKNOWN_MODEL", request("q", 1, 1, Optional.of("other")));
        assertThat(read).isEmpty();
    }

    private void assertReason(String reason, CompressRequest request) {
        assertThatThrownBy(() -> compress(request))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private static CompressRequest request(double threshold, String... passages) {
        return new CompressRequest(
                QUERY,
                List.of(passages),
                Optional.empty(),
                Optional.of(threshold),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CompressRequest request(String query, int maxTokens, double lambda, Optional<String> model) {
        return new CompressRequest(
                query,
                List.of("a"),
                Optional.of(maxTokens),
                Optional.empty(),
                Optional.empty(),
                Optional.of(lambda),
                model);
    }

    private CompressResult compress(CompressRequest request) {
        GoldReader reader = new GoldReader();
        CompressConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(CompressConfig.class)
                .withDefaultValue("quintet.rerank.compression.max-passages", "3")
                .withDefaultValue("quintet.rerank.compression.max-characters", "200")
                .build()
                .getConfigMapping(CompressConfig.class);
        return new CompressPipeline(reader, Bounds.of(reader), config)
                .compress(request, Duration.ofSeconds(5))
                .await()
                .indefinitely();
    }
}
