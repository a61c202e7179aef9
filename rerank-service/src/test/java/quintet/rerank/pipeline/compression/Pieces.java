package quintet.rerank.pipeline.compression;

import java.util.ArrayList;
import java.util.List;
import quintet.rerank.model.TextSpan;
import quintet.rerank.pipeline.Words;

/** Passages of one piece a sentence, made from texts; a token is a word. */
final class Pieces {
    private Pieces() {}

    static List<Piece> of(String... passages) {
        List<Piece> pieces = new ArrayList<>();
        for (int passage = 0; passage < passages.length; passage++) {
            for (TextSpan span : SentenceSplitter.split(passages[passage])) {
                String text = span.in(passages[passage]);
                pieces.add(new Piece(passage, span, text, Words.of(text).size()));
            }
        }
        return pieces;
    }
}
