package quintet.retrieve.api.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quintet.failure.Failure;
import quintet.retrieve.RandomFilters;
import quintet.retrieve.model.FilterText;
import quintet.retrieve.model.MetadataFilter;
import quintet.retrieve.model.MetadataFilter.All;
import quintet.retrieve.model.MetadataFilter.Any;
import quintet.retrieve.model.MetadataFilter.Exists;
import quintet.retrieve.model.MetadataFilter.In;
import quintet.retrieve.model.MetadataFilter.Not;
import quintet.retrieve.model.MetadataFilter.Prefix;
import quintet.retrieve.model.MetadataFilter.Range;
import quintet.retrieve.model.RangeEnd;

class FilterParserTest {
    private static final MetadataFilter KIM = in("author", "Kim");
    private static final MetadataFilter SINCE_2020 = range("year", number(2020, true), null);

    private static MetadataFilter in(String field, String... values) {
        return new In(field, new TreeSet<>(List.of(values)));
    }

    private static MetadataFilter range(String field, @Nullable RangeEnd from, @Nullable RangeEnd to) {
        return new Range(field, from, to);
    }

    private static RangeEnd number(double value, boolean inclusive) {
        return new RangeEnd.Numeric(value, inclusive);
    }

    private static RangeEnd time(String value, boolean inclusive) {
        return new RangeEnd.Moment(Instant.parse(value), inclusive);
    }

    private static MetadataFilter parse(String text) {
        return FilterParser.parse(text);
    }

    private static void refuses(String text, String message) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.reason()).isEqualTo("INVALID_FILTER");
            assertThat(failure.message()).contains(message);
        });
    }

    @Test
    void readsConditions() {
        assertThat(parse("author = \"Kim\"")).isEqualTo(KIM);
        assertThat(parse("author=Kim")).isEqualTo(KIM);
        assertThat(parse("author != 'Kim'")).isEqualTo(new Not(KIM));
        assertThat(parse("year >= 2020")).isEqualTo(SINCE_2020);
        assertThat(parse("year<-1.5e3")).isEqualTo(range("year", null, number(-1500, false)));
        assertThat(parse("year in (2020, '2021',2022)")).isEqualTo(in("year", "2020", "2021", "2022"));
        assertThat(parse("year not in (2020)")).isEqualTo(new Not(in("year", "2020")));
        assertThat(parse("title starts with \"Per\"")).isEqualTo(new Prefix("title", "Per"));
        assertThat(parse("title ^= Per")).isEqualTo(new Prefix("title", "Per"));
        assertThat(parse("title not starts with Per")).isEqualTo(new Not(new Prefix("title", "Per")));
        assertThat(parse("exists author")).isEqualTo(new Exists("author"));
        assertThat(parse("author exists")).isEqualTo(new Exists("author"));
        assertThat(parse("author not exists")).isEqualTo(new Not(new Exists("author")));
        assertThat(parse("mimeType = application/pdf")).isEqualTo(in("mimeType", "application/pdf"));
    }

    @Test
    void readsDatesAsTheTimeThatTheyTakeUp() {
        RangeEnd first = time("2024-05-01T00:00:00Z", true);
        RangeEnd last = time("2024-05-01T23:59:59.999999999Z", true);
        assertThat(parse("created >= 2024-05-01 and created <= '2024-05-01'")).isEqualTo(range("created", first, last));
        assertThat(parse("created > 2024-05"))
                .isEqualTo(range("created", time("2024-05-31T23:59:59.999999999Z", false), null));
        assertThat(parse("created < 2024-05-01T10:30:00+02:00"))
                .isEqualTo(range("created", null, time("2024-05-01T08:30:00Z", false)));
        assertThat(parse("created < \"2024-05-01 10:30\"")).isEqualTo(parse("created < 2024-05-01T10:30Z"));
        assertThat(parse("created < '2024-05-01T10:30+02:00[Europe/Paris]'"))
                .isEqualTo(parse("created < 2024-05-01T08:30Z"));
    }

    @Test
    void bindsNotBeforeAndBeforeOr() {
        MetadataFilter b = in("b", "1");
        assertThat(parse("author = Kim and year >= 2020 or not b = 1"))
                .isEqualTo(new Any(List.of(new All(List.of(KIM, SINCE_2020)), new Not(b))));
        assertThat(parse("author = Kim AND (year >= 2020 Or NOT b = 1)"))
                .isEqualTo(new All(List.of(KIM, new Any(List.of(SINCE_2020, new Not(b))))));
        assertThat(parse("not not (author = Kim and b = 1)")).isEqualTo(new Not(new Not(new All(List.of(KIM, b)))));
        assertThat(parse("((author = Kim))")).isEqualTo(KIM);
    }

    @Test
    void putsTheHalvesOfARangeTogether() {
        MetadataFilter both = range("year", number(2020, true), number(2024, false));
        assertThat(parse("year >= 2020 and year < 2024")).isEqualTo(both);
        assertThat(parse("year < 2024 and author = Kim and year >= 2020")).isEqualTo(new All(List.of(both, KIM)));
        assertThat(parse("year >= 2020 and other < 2024")).isInstanceOf(All.class);
        assertThat(parse("year >= 2020 and year < 2024-01-01")).isInstanceOf(All.class);
        assertThat(parse("year >= 2020 or year < 2024")).isInstanceOf(Any.class);
    }

    @Test
    void readsQuotesAndEscapes() {
        assertThat(parse("`a key, \\`quoted\\`` = \"say \\\"hi\\\"\\n\\u00fc\""))
                .isEqualTo(in("a key, `quoted`", "say \"hi\"\nü"));
        assertThat(parse("\"not\" = 'it\\'s'")).isEqualTo(in("not", "it's"));
        assertThat(parse("größe = 日本")).isEqualTo(in("größe", "日本"));
        assertThat(parse("a = ''")).isEqualTo(in("a", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            year >=                        | column 8: expected a value, found the end
            year >= )                      | column 9: expected a value, found )
            year                           | column 5: expected =, !=, <, <=, >, >=, ^=, in, not in, starts with, or exists, found the end
            year 2020                      | column 6: expected =, !=
            year == 2020                   | column 7: expected a value, found =
            year >= soon                   | column 9: expected a number or a date such as 2024-05-01, found soon
            year >= "2024-13-01"           | column 9: expected a number or a date such as 2024-05-01, found "2024-13-01"
            year >= 1e999                  | column 9: expected a number
            = 2020                         | column 1: expected a field, found =
            a = 1 and                      | column 10: expected a field, found the end
            a = 1 b = 2                    | column 7: expected and, or, or the end, found b
            (a = 1                         | column 7: expected and, or, or ), found the end
            a = 1)                         | column 6: expected and, or, or the end, found )
            a in 1                         | column 6: expected (, found 1
            a in ()                        | column 7: expected a value, found )
            a in (1 2)                     | column 9: expected a comma or ), found 2
            a starts "x"                   | column 10: expected with, found "x"
            a starts with ""               | column 1: the prefix has 0 characters, must have 1 to 1000
            a not = 1                      | column 7: expected in, starts with, or exists, found =
            not                            | column 4: expected a field, found the end
            a = in                         | column 5: expected a value, found the keyword in, which must be quoted
            in = a                         | column 1: expected a field, found the keyword in, which must be quoted
            a = `b`                        | column 5: expected a value, found `b`
            a = "open                      | column 5: expected a closing ", found the end
            a = "\\x"                      | column 6: expected one of the escapes
            a = "\\u12g4"                  | column 6: expected four hexadecimal digits
            a = "\\u12                     | column 6: expected four hexadecimal digits
            a = 1 && b = 2                 | column 7: expected a word, a quote or an operator, found &
            title = foo*                   | column 12: expected a word, a quote or an operator, found *
            `` = 1                         | column 1: the field has 0 characters, must have 1 to 256
            `a\\u0001` = 1                 | column 1: the field has a control character
            """)
    void namesTheColumnAndWhatWasExpected(String text, String message) {
        refuses(text, "filter, " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void refusesNothing(String text) {
        refuses(text, "filter, column %d: expected a field, found the end".formatted(text.length() + 1));
    }

    @Test
    void isBounded() {
        refuses("a = " + "x".repeat(16_400), "the text has 16404 characters, must have at most 16384");
        refuses("(".repeat(16_000), "column 18: there are more than 16 levels");
        refuses("not ".repeat(4_000), "column 69: there are more than 16 levels");
        refuses("not ".repeat(16) + "a = 1", "there are 17 levels, must be at most 16");
        assertThat(parse("not ".repeat(15) + "a = 1")).isInstanceOf(Not.class);
        String many = "a = 1 and ".repeat(127) + "a = 1";
        refuses(many, "column 1: there are 129 conditions and groups, must be at most 128");
        assertThat(parse(many.substring(10))).isInstanceOf(All.class);
        StringBuilder values = new StringBuilder("a in (0");
        for (int i = 1; i <= 256; i++) {
            values.append(", ").append(i);
        }
        refuses(values + ")", "there are 257 values, must have 1 to 256");
        refuses("a = " + "x".repeat(8_193), "a value has 8193 characters, must have at most 8192");
        refuses("a".repeat(257) + " = 1", "the field has 257 characters, must have 1 to 256");
        refuses("a ^= " + "x".repeat(1_001), "the prefix has 1001 characters, must have 1 to 1000");
    }

    @Test
    void anyTextIsAFilterOrRefusedAsNone() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RandomFilters filters = new RandomFilters(random);
        String[] pieces = {
            "and ",
            "or ",
            "not ",
            "in ",
            "starts with ",
            "exists ",
            "(",
            ")",
            ",",
            "=",
            "!=",
            "<",
            ">=",
            "^=",
            "\"",
            "'",
            "`",
            "\\",
            "\\u",
            "a ",
            "2020 ",
            "2024-05-01 ",
            "\ud800",
            "😀",
            "\0",
            "{",
            "}",
            "[",
            ":",
            "null",
            "1e999",
            "\n"
        };
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            if (i % 2 == 0) {
                text.append(FilterText.of(filters.filter(3)));
                for (int change = random.nextInt(3); change >= 0 && !text.isEmpty(); change--) {
                    int at = random.nextInt(text.length());
                    switch (random.nextInt(3)) {
                        case 0 -> text.deleteCharAt(at);
                        case 1 -> text.insert(at, pieces[random.nextInt(pieces.length)]);
                        default -> text.setCharAt(at, (char) random.nextInt(0x250));
                    }
                }
            } else {
                for (int count = random.nextInt(12); count >= 0; count--) {
                    text.append(pieces[random.nextInt(pieces.length)]);
                }
            }
            try {
                MetadataFilter filter = Filters.ofText(text.toString());
                assertThat(Filters.ofText(text.toString())).isEqualTo(filter);
                read++;
            } catch (Failure failure) {
                assertThat(failure.reason()).as("seed %d, %s", seed, text).isEqualTo("INVALID_FILTER");
                assertThat(failure.message()).matches("(?s)filter(, column [1-9][0-9]*|\\S*): .*");
            }
        }
        assertThat(read).isBetween(1_000, 49_000);
    }
}
