package quintet.rerank.adapter.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quintet.failure.Failure;
import quintet.rerank.model.AnswerSpan;
import quintet.rerank.model.ScoredPair;

/** The shipped model itself, outside CDI. */
class OnnxCrossEncoderTest {
    private static final Duration PLENTY = Duration.ofSeconds(30);
    private static final String QUERY = "What does PerksPlus reimburse?";
    private static final String RIGHT =
            "PerksPlus is the health and wellness programme. It reimburses up to $1000 a year for fitness classes, gym"
                    + " memberships and equipment.";
    private static final String WRONG = "The roots of cubic equations were found by Italian mathematicians.";
    private static final String NEAR = "Employees receive 20 days of vacation.";

    @TempDir
    private static Path cache;

    private static OnnxCrossEncoder reader;

    @BeforeAll
    static void load() {
        reader = load(Map.of());
    }

    @AfterAll
    static void close() {
        reader.stop(new ShutdownEvent());
    }

    @Test
    void scoresAsWhenTheModelWasShipped() {
        List<Optional<ScoredPair>> pairs = score(reader, RIGHT, WRONG, NEAR);
        // int8 kernels of other processors round differently: tolerances of the model card.
        assertThat(relevance(pairs.get(0))).isCloseTo(0.868, within(0.05));
        assertThat(relevance(pairs.get(1))).isCloseTo(0.0017, within(0.005));
        assertThat(relevance(pairs.get(2))).isCloseTo(0.0088, within(0.02));
    }

    @Test
    void readsTheAnswerAtItsPlaceInTheText() {
        AnswerSpan span = score(reader, RIGHT).getFirst().orElseThrow().answer().orElseThrow();
        assertThat(RIGHT.substring(span.start(), span.end())).contains("$1000");
    }

    @Test
    void givesTheSameBitsAloneAndAmongOthers() {
        double alone = relevance(score(reader, RIGHT).getFirst());
        List<Optional<ScoredPair>> among = score(reader, WRONG.repeat(10), RIGHT, NEAR, RIGHT, "a");
        assertThat(relevance(among.get(1))).isEqualTo(alone);
        assertThat(relevance(among.get(3))).isEqualTo(alone);
    }

    @Test
    void countsTokensThatAddUp() {
        List<Integer> counts = reader.countTokens(
                        List.of("PerksPlus reimburses gyms.", "PerksPlus", "reimburses gyms.", " \n"))
                .await()
                .indefinitely();
        assertThat(counts.getFirst()).isEqualTo(counts.get(1) + counts.get(2)).isGreaterThan(4);
        assertThat(counts.getLast()).isZero();
    }

    @Test
    void reportsWhatItCuts() {
        List<Optional<ScoredPair>> pairs = score(reader, RIGHT, WRONG.repeat(40), "\u200B");
        assertThat(pairs).extracting(pair -> pair.orElseThrow().truncated()).containsExactly(false, true, false);
        assertThat(pairs.get(2).orElseThrow().answer()).isEmpty();
        List<Optional<ScoredPair>> longQuery = reader.score("word ".repeat(1_000), List.of(NEAR), PLENTY)
                .await()
                .indefinitely();
        assertThat(longQuery.getFirst().orElseThrow().truncated()).isTrue();
    }

    @Test
    void scoresInOrderAsFarAsTheTimeGoes() {
        OnnxCrossEncoder single = load(Map.of("quintet.rerank.workers", "1"));
        List<String> passages = Collections.nCopies(900, RIGHT.repeat(10));
        List<Optional<ScoredPair>> pairs =
                single.score(QUERY, passages, Duration.ofSeconds(2)).await().indefinitely();
        long scored = pairs.stream().filter(Optional::isPresent).count();
        assertThat(scored).isBetween(1L, 899L);
        assertThat(pairs.stream().limit(scored)).allMatch(Optional::isPresent);
        assertThat(single.score(QUERY, passages, Duration.ZERO).await().indefinitely())
                .allMatch(Optional::isEmpty);
        single.stop(new ShutdownEvent());
    }

    @Test
    void dropsPairsWhoseCallerLeft() {
        UniAssertSubscriber<List<Optional<ScoredPair>>> caller = reader.score(
                        QUERY, Collections.nCopies(900, RIGHT.repeat(6)), PLENTY)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        caller.cancel();
        long begun = System.nanoTime();
        assertThat(score(reader, NEAR).getFirst()).isPresent();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void refusesMoreThanItsQueueHolds() {
        OnnxCrossEncoder small = load(Map.of("quintet.rerank.queue", "4"));
        assertThatThrownBy(() -> score(small, "a", "b", "c", "d", "e"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.OVERLOADED));
        small.stop(new ShutdownEvent());
        assertThatThrownBy(() -> score(small, "a"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.reason()).isEqualTo("SHUTTING_DOWN"));
    }

    @Test
    void takesAModelFromAFolder(@TempDir Path folder) throws IOException {
        copy("model_int8.onnx", folder.resolve("model.onnx"));
        copy("tokenizer.json", folder.resolve("tokenizer.json"));
        OnnxCrossEncoder own = load(Map.of("quintet.rerank.model", folder.toString()));
        assertThat(own.ref().name()).isEqualTo(folder.getFileName().toString());
        assertThat(relevance(score(own, RIGHT).getFirst()))
                .isCloseTo(relevance(score(reader, RIGHT).getFirst()), within(0.03));
        own.stop(new ShutdownEvent());
    }

    @Test
    void saysWhatIsWrongWithAFolder(@TempDir Path folder) {
        assertThatThrownBy(() -> load(Map.of("quintet.rerank.model", folder.toString())))
                .hasMessageContaining(folder.resolve("model.onnx").toString());
    }

    private static OnnxCrossEncoder load(Map<String, String> settings) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(OnnxConfig.class)
                .withDefaultValue("quintet.rerank.cache-dir", cache.toString())
                .withDefaultValue("quintet.rerank.workers", "2");
        settings.forEach(config::withDefaultValue);
        return new OnnxCrossEncoder(config.build().getConfigMapping(OnnxConfig.class), new SimpleMeterRegistry());
    }

    private static List<Optional<ScoredPair>> score(OnnxCrossEncoder encoder, String... passages) {
        return encoder.score(QUERY, List.of(passages), PLENTY).await().indefinitely();
    }

    private static double relevance(Optional<ScoredPair> pair) {
        return pair.orElseThrow().relevance();
    }

    private static void copy(String resource, Path file) throws IOException {
        try (InputStream in = OnnxCrossEncoderTest.class.getResourceAsStream("/models/quintet-reader-v1/" + resource)) {
            Files.copy(in, file);
        }
    }
}
