package quintet.encoder.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares {@link WordPieceTokenizer} with Hugging Face's own, ids and offsets. */
class WordPieceTokenizerTest {
    private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";
    private static final Path DATA = Path.of(System.getProperty("quintet.test.data", "../../shared/data"));

    private static WordPieceTokenizer tokenizer;
    private static HuggingFaceTokenizer oracle;

    @BeforeAll
    static void open() throws IOException {
        System.setProperty("RUST_FLAVOR", "cpu");
        try (InputStream json = resource()) {
            tokenizer = WordPieceTokenizer.fromTokenizerJson(json);
        }
        try (InputStream json = resource()) {
            oracle = HuggingFaceTokenizer.newInstance(
                    json, Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false"));
        }
    }

    @AfterAll
    static void close() {
        oracle.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "What does PerksPlus reimburse?",
                "Café CRÈME naïve Ångström İstanbul ΣΊΣΥΦΟΣ straße",
                "e\u0301 decomposed, n\u0303, a\u0308\u0304 and \u0301 alone",
                "中文字符 mixed with English 漢字かな交じり文 한국어 텍스트",
                "\u037E \u0387 a\u2260b \u1FEF c\u226Ed",
                "zero\u200Bwidth soft\u00ADhyphen \uFEFFbom \u200Ejoin\u200Der",
                "tab\tline\nfeed\r\nvertical\u000Btab form\u000Cfeed next\u0085line nul\u0000 bell\u0007",
                "no\u00A0break thin\u2009space ideographic\u3000space line\u2028sep para\u2029sep",
                "emoji \uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDDE9\uD83C\uDDEA \u2764\uFE0F",
                "math \uD835\uDC00\uD835\uDC01 ideograph \uD840\uDC0B\uD87E\uDC04 \uF900\uF901",
                "private \uE000 replacement \uFFFD unassigned \u0378",
                "e-mail: a.b@c.de, $1,234.56 (50%) <tag/> x^2 ~ `q` | {y} [z] \\ _u_ \"quoted\" 'single'",
                "“curly” ‘quotes’ — en–dash … • bullet § 5 © ® ™ € £ ¥",
                "ﬁ ligature ½ ² Ⅷ ① ㎏ ﾊﾝｶｸ ＦＵＬＬ",
                "עברית العربية हिन्दी ไทย ქართული Ελληνικά Кириллица",
                "##continuing ## # unaffable antidisestablishmentarianism supercalifragilisticexpialidocious",
            })
    void givesTheIdsAndOffsetsOfHuggingFace(String text) {
        assertSame(text);
    }

    @Test
    void givesUnknownForAWordOfMoreThanAHundredCharacters() {
        assertSame("a".repeat(100) + " " + "b".repeat(101) + " " + "é".repeat(100) + " " + "ü".repeat(101));
        assertThat(tokenizer.tokenize("b".repeat(101)).size()).isEqualTo(1);
    }

    @Test
    void agreesOnRandomTextsOfManyScripts() {
        long seed = Long.getLong("quintet.test.seed", 20_261_123L);
        Random random = new Random(seed);
        int[][] ranges = {
            {0x20, 0x7F},
            {0xA0, 0x24F},
            {0x300, 0x36F},
            {0x370, 0x3FF},
            {0x400, 0x4FF},
            {0x5D0, 0x5EA},
            {0x900, 0x97F},
            {0x1E00, 0x1EFF},
            {0x2010, 0x2027},
            {0x20A0, 0x20B0},
            {0x2200, 0x22FF},
            {0x3040, 0x30FF},
            {0x4E00, 0x9FA5},
            {0xAC00, 0xD7A3},
            {0xF900, 0xFA2D},
            {0xFF01, 0xFF5E},
            {0x1F300, 0x1F5FF},
            {0x20000, 0x20100}
        };
        for (int n = 0; n < 2_000; n++) {
            StringBuilder text = new StringBuilder();
            int[] range = ranges[random.nextInt(ranges.length)];
            for (int i = random.nextInt(60); i > 0; i--) {
                int[] from = random.nextInt(3) == 0 ? ranges[0] : range;
                text.appendCodePoint(from[0] + random.nextInt(from[1] - from[0]));
            }
            assertThat(describe(tokenizer.tokenize(text.toString())))
                    .as("seed %d, text %s", seed, text)
                    .isEqualTo(describe(oracle.encode(text.toString()), text.toString()));
        }
    }

    @Test
    void agreesOnRealDocuments() throws IOException {
        Path retrieval = DATA.resolve("retrieval");
        assumeTrue(Files.isDirectory(retrieval), () -> "skipped: no texts under " + retrieval);
        List<Path> files;
        try (Stream<Path> found = Files.walk(retrieval)) {
            files = found.filter(file -> file.endsWith("corpus.jsonl")).sorted().toList();
        }
        int compared = 0;
        for (Path file : files) {
            List<String> lines;
            try (Stream<String> all = Files.lines(file)) {
                lines = all.limit(300).toList();
            }
            for (String line : lines) {
                assertSame(line);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    @Test
    void treatsTheNamesOfSpecialTokensAsText() {
        TokenizedText tokens = tokenizer.tokenize("a [SEP] b [CLS]");
        for (int i = 0; i < tokens.size(); i++) {
            assertThat(tokens.id(i)).isNotIn(tokenizer.separatorId(), tokenizer.classifierId());
        }
    }

    @Test
    void dropsHalvesOfSurrogatePairs() {
        assertThat(describe(tokenizer.tokenize("a\uD800b"))).isEqualTo(describe(tokenizer.tokenize("a\u200Bb")));
    }

    @Test
    void limitsTheNumberOfTokens() {
        TokenizedText tokens = tokenizer.tokenize("one two three");
        assertThat(tokens.limit(2).size()).isEqualTo(2);
        assertThat(tokens.limit(2).end(1)).isEqualTo("one two".length());
        assertThat(tokens.limit(3)).isSameAs(tokens);
        assertThatThrownBy(() -> tokens.limit(2).id(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void keepsCapitalsAndAccentsWhenTheFileSaysSo() throws IOException {
        WordPieceTokenizer cased = WordPieceTokenizer.fromTokenizerJson(json("""
                {"normalizer": {"type": "BertNormalizer", "lowercase": false, "strip_accents": null},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "model": {"type": "WordPiece",
                           "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "Ca": 3, "##f\u00e9": 4, "cafe": 5}}}
                """));
        assertThat(describe(cased.tokenize("Café"))).containsExactly("3@0-2", "4@2-4");
        assertThat(describe(cased.tokenize("CAFÉ"))).containsExactly("0@0-4");
    }

    @Test
    void saysWhichPartOfAFileItDoesNotKnow() {
        assertThatThrownBy(() -> WordPieceTokenizer.fromTokenizerJson(json("{\"model\": {\"type\": \"BPE\"}}")))
                .hasMessage("the tokenizer's model is BPE, only WordPiece is supported");
        assertThatThrownBy(() -> WordPieceTokenizer.fromTokenizerJson(json("[]")))
                .hasMessage("the tokenizer file is not a JSON object");
    }

    private static void assertSame(String text) {
        assertThat(describe(tokenizer.tokenize(text))).as(text).isEqualTo(describe(oracle.encode(text), text));
    }

    private static List<String> describe(TokenizedText tokens) {
        List<String> described = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            described.add(tokens.id(i) + "@" + tokens.start(i) + "-" + tokens.end(i));
        }
        return described;
    }

    /** The oracle counts code points. */
    private static List<String> describe(Encoding encoding, String text) {
        int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
        for (int i = 0, offset = 0; i < offsets.length - 1; i++) {
            offset += Character.charCount(text.codePointAt(offset));
            offsets[i + 1] = offset;
        }
        long[] ids = encoding.getIds();
        CharSpan[] spans = encoding.getCharTokenSpans();
        List<String> described = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            described.add(ids[i] + "@" + offsets[spans[i].getStart()] + "-" + offsets[spans[i].getEnd()]);
        }
        return described;
    }

    private static InputStream resource() {
        InputStream json = WordPieceTokenizerTest.class.getResourceAsStream(TOKENIZER);
        assertThat(json).isNotNull();
        return json;
    }

    private static InputStream json(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
