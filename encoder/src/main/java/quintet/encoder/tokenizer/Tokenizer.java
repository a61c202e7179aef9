package quintet.encoder.tokenizer;

/** Cuts texts into the tokens of one model. Safe for use by several threads. */
public interface Tokenizer {
    /** Returns the tokens of {@code text} without special ones, all of them: nothing is truncated. */
    TokenizedText tokenize(String text);

    /** Returns a number above every id. */
    int vocabularySize();

    /** Returns the id of the token that opens a sequence, BERT's {@code [CLS]}. */
    int classifierId();

    /** Returns the id of the token that closes each text of a sequence, BERT's {@code [SEP]}. */
    int separatorId();
}
