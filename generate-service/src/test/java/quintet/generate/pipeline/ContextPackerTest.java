package quintet.generate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import quintet.generate.model.Source;

class ContextPackerTest {
    private final ContextPacker packer = new ContextPacker(100);

    @Test
    void keepsTheOrderAndNumbersFromOne() {
        List<Source> sources = packer.pack(
                List.of(Sources.passage("a", 1, 0, "first text", 1), Sources.passage("b", 1, 0, "second text", 1)), 6);
        assertThat(sources).extracting(Source::number).containsExactly(1, 2);
        assertThat(sources).extracting(s -> s.passage().documentId()).containsExactly("a", "b");
    }

    @Test
    void leavesOutWhatLiesForTheLargerPartInsideATakenPassage() {
        assertThat(packer.pack(
                        List.of(
                                Sources.passage("a", 1, 0, "0123456789", 1),
                                Sources.passage("a", 1, 4, "456789abcd", 1),
                                Sources.passage("a", 1, 8, "89abcdefgh", 1)),
                        6))
                .extracting(s -> s.passage().start())
                .containsExactly(0, 8);
    }

    @Test
    void leavesOutTheSameWordsButKeepsPassagesThatDifferInOne() {
        assertThat(packer.pack(
                        List.of(
                                Sources.passage("a", 1, 0, "The standard plan pays.", 1),
                                Sources.passage("b", 1, 0, "the Standard plan PAYS!", 1),
                                Sources.passage("c", 1, 0, "The premium plan pays.", 1)),
                        6))
                .extracting(s -> s.passage().documentId())
                .containsExactly("a", "c");
    }

    @Test
    void staysWithinTheBudgetButAlwaysTakesTheFirst() {
        String large = "word ".repeat(200);
        assertThat(packer.pack(
                        List.of(Sources.passage("a", 1, 0, large, 1), Sources.passage("b", 1, 0, "small", 1)), 6))
                .hasSize(1);
        assertThat(packer.pack(
                        List.of(
                                Sources.passage("b", 1, 0, "small", 1),
                                Sources.passage("a", 1, 0, large, 1),
                                Sources.passage("c", 1, 0, "tiny", 1)),
                        6))
                .extracting(s -> s.passage().documentId())
                .containsExactly("b", "c");
    }

    @Test
    void takesAtMostTopK() {
        assertThat(packer.pack(List.of(Sources.passage("a", 1, 0, "one", 1), Sources.passage("b", 1, 0, "two", 1)), 1))
                .hasSize(1);
    }
}
