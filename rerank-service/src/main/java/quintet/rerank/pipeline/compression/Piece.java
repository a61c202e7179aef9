package quintet.rerank.pipeline.compression;

import quintet.rerank.model.TextSpan;

/**
 * A sentence, or what else is kept or left out as a whole.
 *
 * @param passage position of its passage in the request
 * @param span its place in the passage
 * @param text its characters
 * @param tokens its length as the model counts it
 */
record Piece(int passage, TextSpan span, String text, int tokens) {
    Piece withTokens(int count) {
        return new Piece(passage, span, text, count);
    }
}
