package quintet.rerank.adapter.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import quintet.encoder.PairScore;
import quintet.encoder.tokenizer.TokenSequence;
import quintet.encoder.tokenizer.WordPieceTokenizer;
import quintet.rerank.model.AnswerSpan;

class SpanDecoderTest {
    private static WordPieceTokenizer tokenizer;

    @BeforeAll
    static void readTokenizer() throws IOException {
        try (InputStream json = SpanDecoderTest.class.getResourceAsStream("/models/quintet-reader-v1/tokenizer.json")) {
            tokenizer = WordPieceTokenizer.fromTokenizerJson(json);
        }
    }

    @Test
    void takesTheBestSumInThePassageOnly() {
        TokenSequence pair = pair("why", "the roots of it");
        float[] start = new float[pair.length()];
        float[] end = new float[pair.length()];
        start[1] = 99; // the question
        end[pair.length() - 1] = 99; // the last separator
        start[pair.secondStart() + 1] = 3;
        end[pair.secondStart() + 2] = 5;
        assertThat(new SpanDecoder(30).decode(new PairScore(0, start, end), pair))
                .contains(new AnswerSpan("the ".length(), "the roots of".length(), 4));
    }

    @Test
    void neverEndsBeforeItStartsNorGoesOnTooLong() {
        TokenSequence pair = pair("why", "a b c d e f");
        float[] start = new float[pair.length()];
        float[] end = new float[pair.length()];
        int first = pair.secondStart();
        start[first] = 5;
        end[first + 5] = 5;
        start[first + 5] = 1;
        assertThat(new SpanDecoder(6).decode(new PairScore(0, start, end), pair))
                .contains(new AnswerSpan(0, 11, 5));
        assertThat(new SpanDecoder(5).decode(new PairScore(0, start, end), pair))
                .contains(new AnswerSpan(10, 11, 3));
        start[first] = 0;
        end[first] = 9;
        start[first + 4] = 8;
        assertThat(new SpanDecoder(1).decode(new PairScore(0, start, end), pair))
                .contains(new AnswerSpan(0, 1, 4.5f));
    }

    @Test
    void findsNothingWithoutSpanLogitsOrTokens() {
        assertThat(new SpanDecoder(30).decode(new PairScore(0, null, null), pair("why", "a")))
                .isEmpty();
        TokenSequence empty = pair("why", "\u200B");
        assertThat(new SpanDecoder(30)
                        .decode(new PairScore(0, new float[empty.length()], new float[empty.length()]), empty))
                .isEmpty();
    }

    private static TokenSequence pair(String query, String passage) {
        return TokenSequence.pair(tokenizer, tokenizer.tokenize(query), tokenizer.tokenize(passage), 64);
    }
}
