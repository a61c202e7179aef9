package quintet.encoder.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.Encoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizers other than BERT's, with what Hugging Face's library itself puts around a text and a pair. */
class HuggingFaceTokenizerTest {
    private static final List<String> FILES =
            List.of(TinyTokenizers.roberta(), TinyTokenizers.clip(), TinyTokenizers.unigram());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello world",
                "a red cat and a dog, seen by 2 people who'd rather not be named",
                "Hello  WORLD\n\t café e\u0301 – 日本 \uD83D\uDE00 x",
                "a",
                " hello ",
                "",
            })
    void makesTheSequencesOfTheLibrary(String text) throws IOException {
        for (String file : FILES) {
            Tokenizer tokenizer = read(file);
            TokenizedText tokens = tokenizer.tokenize(text);
            try (var oracle = oracle(file)) {
                Encoding single = oracle.encode(text, true, false);
                assertThat(ids(TokenSequence.single(tokenizer, tokens))).isEqualTo(single.getIds());
                Encoding pair = oracle.encode("hello dog", text, true, false);
                TokenSequence sequence =
                        TokenSequence.pair(tokenizer, tokenizer.tokenize("hello dog"), tokens, Integer.MAX_VALUE);
                assertThat(ids(sequence)).isEqualTo(pair.getIds());
                assertThat(IntStream.range(0, sequence.length())
                                .mapToLong(sequence::typeId)
                                .toArray())
                        .isEqualTo(pair.getTypeIds());
            }
        }
    }

    @Test
    void givesThePlaceOfEachTokenInCodeUnits() throws IOException {
        String text = "\uD83D\uDE00\uD83D\uDE00 hello world";
        TokenizedText tokens = read(TinyTokenizers.roberta()).tokenize(text);
        assertThat(covered(tokens, text)).endsWith("hello", "world").startsWith("\uD83D\uDE00");
        String clip = "A \uD840\uDC0B CAT";
        assertThat(covered(read(TinyTokenizers.clip()).tokenize(clip), clip))
                .startsWith("A")
                .endsWith("CAT");
        String spaced = "\uD83D\uDE00 hello world";
        assertThat(covered(read(TinyTokenizers.unigram()).tokenize(spaced), spaced))
                .map(String::strip)
                .endsWith("hello", "world");
    }

    @Test
    void cutsNothingAndPadsNothingWhateverTheFileSays() throws IOException {
        for (String file : FILES) {
            assertThat(read(file).tokenize("hello world ".repeat(100)).size()).isGreaterThanOrEqualTo(200);
            assertThat(read(file).tokenize("a").size()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void takesSpecialTokensFromTheFile() throws IOException {
        Tokenizer roberta = read(TinyTokenizers.roberta());
        assertThat(roberta.classifierId()).isZero();
        assertThat(roberta.separatorId()).isEqualTo(2);
        assertThat(roberta.separatorsBetween()).isEqualTo(2);
        assertThat(roberta.secondTypeId()).isZero();
        assertThat(roberta.vocabularySize()).isEqualTo(4 + 256 + 10 + 1);
        Tokenizer unigram = read(TinyTokenizers.unigram());
        assertThat(unigram.separatorsBetween()).isEqualTo(2);
        assertThat(unigram.vocabularySize()).isEqualTo(4 + 6 + 31 + 1);
    }

    @Test
    void treatsTheNamesOfSpecialTokensAsText() throws IOException {
        String text = "hello</s> <s>   <mask>.</s></s> <|endoftext|>a <|startoftext|> <pad>\uD83D\uDE00</s>";
        for (String file : FILES) {
            Tokenizer tokenizer = read(file);
            TokenizedText tokens = tokenizer.tokenize(text);
            int[] ids = IntStream.range(0, tokens.size()).map(tokens::id).toArray();
            assertThat(ids).doesNotContain(tokenizer.classifierId(), tokenizer.separatorId());
            assertThat(tokens.end(tokens.size() - 1)).isEqualTo(text.length());
            for (int i = 1; i < tokens.size(); i++) {
                assertThat(tokens.start(i)).isGreaterThanOrEqualTo(tokens.start(i - 1));
            }
        }
    }

    @Test
    void isNotHeldUpByManyNamesOfSpecialTokens() throws IOException {
        String text = " ".repeat(20_000) + "<mask>" + "</s>".repeat(20_000);
        TokenizedText tokens = read(TinyTokenizers.roberta()).tokenize(text);
        assertThat(tokens.size()).isGreaterThan(40_000);
    }

    @Test
    void takesHalvesOfSurrogatePairs() throws IOException {
        for (String file : FILES) {
            TokenizedText tokens = read(file).tokenize("a\uD800 dog \uDC00\uD83D\uDE00 x");
            assertThat(tokens.end(tokens.size() - 1)).isEqualTo("a\uD800 dog \uDC00\uD83D\uDE00 x".length());
        }
    }

    @Test
    void readsBertsTokenizerInJavaAndOthersThroughTheLibrary() throws IOException {
        String bert = """
                {"normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                                "strip_accents": null, "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "added_tokens": [{"id": 1, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false,
                                   "normalized": false, "special": %b}],
                 "post_processor": {"type": "BertProcessing", "sep": ["%s", 2], "cls": ["[CLS]", 1]},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                           "max_input_chars_per_word": 100,
                           "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "</s>": 3, "a": 4}}}
                """;
        assertThat(read(bert.formatted("[CLS]", true, "[SEP]"))).isInstanceOf(WordPieceTokenizer.class);
        assertThat(read(bert.formatted("[CLS]", false, "[SEP]"))).isInstanceOf(HuggingFaceTokenizer.class);
        Tokenizer other = read(bert.formatted("[CLS]", true, "</s>").replace("\"</s>\", 2", "\"</s>\", 3"));
        assertThat(other).isInstanceOf(HuggingFaceTokenizer.class);
        assertThat(other.separatorId()).isEqualTo(3);
        assertThat(other.secondTypeId()).isEqualTo(1);
    }

    @Test
    void neitherLooksForTheGpuNorReportsItsUse() throws IOException {
        Tokenizer _ = read(TinyTokenizers.roberta());
        assertThat(setting("RUST_FLAVOR")).isNotEmpty();
        assertThat(setting("OPT_OUT_TRACKING")).isNotEmpty();
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        assertThatThrownBy(() -> read("{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 1}, \"merges\": [\"a b\"]}}"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Hugging Face's library does not take it: ");
        assertThatThrownBy(() -> read("{\"model\": {\"type\": \"BPE\"}}"))
                .hasMessage("the tokenizer file has no vocabulary");
        String bare = TinyTokenizers.roberta().replaceAll("(?s)\"post_processor\": \\{.*?},", "");
        assertThatThrownBy(() -> read(bare))
                .hasMessage(
                        "the tokenizer makes [a] of one text, must put one special token before it and one behind it");
    }

    private static String setting(String name) {
        return Objects.requireNonNullElseGet(System.getenv(name), () -> System.getProperty(name, ""));
    }

    private static long[] ids(TokenSequence sequence) {
        return IntStream.range(0, sequence.length()).mapToLong(sequence::id).toArray();
    }

    private static List<String> covered(TokenizedText tokens, String text) {
        return IntStream.range(0, tokens.size())
                .mapToObj(i -> text.substring(tokens.start(i), tokens.end(i)))
                .toList();
    }

    private static Tokenizer read(String json) throws IOException {
        return Tokenizer.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static ai.djl.huggingface.tokenizers.HuggingFaceTokenizer oracle(String json) throws IOException {
        return ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                Map.of("truncation", "false", "padding", "false"));
    }
}
