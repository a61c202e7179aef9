package quintet.encoder.tokenizer;

import java.io.IOException;

/** A {@code tokenizer.json} is well formed but not one of BERT's; the message says in what. */
final class OtherTokenizerException extends IOException {
    private static final long serialVersionUID = 1L;

    OtherTokenizerException(String message) {
        super(message);
    }
}
