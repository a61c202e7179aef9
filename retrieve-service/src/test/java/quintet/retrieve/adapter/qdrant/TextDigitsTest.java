package quintet.retrieve.adapter.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextDigitsTest {
    private static final List<String> LETTERS = List.of("a", "b", "\u0000", "é", "日", "😀", "\uffff", " ");

    @Test
    void aTextLiesInTheRangeOfExactlyItsBeginnings() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        int begun = 0;
        for (int i = 0; i < 20_000; i++) {
            String prefix = text(random, 1 + random.nextInt(9));
            String text =
                    random.nextInt(3) == 0 ? prefix + text(random, random.nextInt(4)) : text(random, random.nextInt(9));
            assertThat(isWithin(text, prefix))
                    .as("seed %d: '%s' begins with '%s'", seed, text, prefix)
                    .isEqualTo(text.startsWith(prefix));
            begun += text.startsWith(prefix) ? 1 : 0;
        }
        assertThat(begun).isGreaterThan(5000);
    }

    @Test
    void everyNumberIsExactAsADouble() {
        long largest = TextDigits.of("\uffff\uffff")[0];
        assertThat(largest + TextDigits.spread("a")).isLessThan(1L << 53);
    }

    private static boolean isWithin(String text, String prefix) {
        long[] groups = TextDigits.of(text);
        long[] wanted = TextDigits.of(prefix);
        if (groups.length < wanted.length) {
            return false;
        }
        int last = wanted.length - 1;
        for (int i = 0; i < last; i++) {
            if (groups[i] != wanted[i]) {
                return false;
            }
        }
        return groups[last] >= wanted[last] && groups[last] <= wanted[last] + TextDigits.spread(prefix);
    }

    private static String text(Random random, int length) {
        return random.ints(length, 0, LETTERS.size()).mapToObj(LETTERS::get).collect(Collectors.joining());
    }
}
