package quintet.bench.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelTest {
    @TempDir
    Path folder;

    private static Completion completion(long first, int tokens) {
        return new Completion(
                200,
                Duration.ofMillis(first),
                List.of(Duration.ofMillis(10), Duration.ofMillis(30)),
                Duration.ofMillis(500),
                tokens,
                true);
    }

    private static Level level(int streams, boolean speculation, int tokens) {
        return new Level(
                streams,
                speculation,
                List.of(completion(20, tokens), completion(40, tokens), Completion.refused(429)),
                Duration.ofSeconds(2),
                OptionalDouble.of(.5),
                OptionalDouble.empty());
    }

    @Test
    void onlyWholeCompletionsCount() {
        Level level = level(3, true, 50);
        assertThat(level.tokensPerSecond()).isEqualTo(50, within(1e-9));
        assertThat(level.failed()).isEqualTo(1);
        assertThat(level.firstToken(50)).isEqualTo(20, within(1e-9));
        assertThat(level.firstToken(95)).isEqualTo(40, within(1e-9));
        assertThat(level.gap(95)).isEqualTo(30, within(1e-9));
    }

    @Test
    void drawsAPicture() throws Exception {
        Path file = folder.resolve("plot.png");
        LevelPlot.write("title", List.of(level(1, false, 5), level(1, true, 9), level(256, true, 900)), file);
        assertThat(Files.readAllBytes(file)).startsWith(0x89, 'P', 'N', 'G');
        LevelPlot.write("nothing", List.of(), file);
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void promptsShareTheirBeginningAndNothingElse() {
        RagPrompts prompts = new RagPrompts(1200, 6);
        assertThat(prompts.of(1))
                .isEqualTo(prompts.of(1))
                .isNotEqualTo(prompts.of(2))
                .contains("[6] ", "Question 1");
        assertThat(prompts.of(1).length()).isBetween(1200, 1500);
    }
}
