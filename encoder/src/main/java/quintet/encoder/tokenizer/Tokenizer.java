package quintet.encoder.tokenizer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Cuts texts into the tokens of one model. Safe for use by several threads. */
public interface Tokenizer {
    /**
     * Reads a Hugging Face {@code tokenizer.json}: BERT's in Java, any other through Hugging Face's own library. Its truncation and
     * padding settings are left aside.
     *
     * @throws IOException if it can not be read or used; the message says why
     */
    static Tokenizer read(InputStream json) throws IOException {
        byte[] file = json.readAllBytes();
        try {
            return WordPieceTokenizer.fromTokenizerJson(new ByteArrayInputStream(file));
        } catch (OtherTokenizerException e) {
            return HuggingFaceTokenizer.fromTokenizerJson(new ByteArrayInputStream(file));
        }
    }

    /** Returns the tokens of {@code text} without special ones, all of them: nothing is truncated. */
    TokenizedText tokenize(String text);

    /** Returns a number above every id. */
    int vocabularySize();

    /** Returns the id of the token that opens a sequence, BERT's {@code [CLS]}. */
    int classifierId();

    /** Returns the id of the token that closes each text of a sequence, BERT's {@code [SEP]}. */
    int separatorId();

    /** Returns how many separators stand between two texts: BERT's 1, or RoBERTa's 2. */
    default int separatorsBetween() {
        return 1;
    }

    /** Returns the type of the second text's tokens: BERT's 1, or 0 in a model that does not tell texts apart by type. */
    default int secondTypeId() {
        return 1;
    }
}
