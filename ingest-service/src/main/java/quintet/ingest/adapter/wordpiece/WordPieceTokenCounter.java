package quintet.ingest.adapter.wordpiece;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import quintet.encoder.tokenizer.TokenizedText;
import quintet.encoder.tokenizer.Tokenizer;
import quintet.encoder.tokenizer.WordPieceTokenizer;
import quintet.ingest.port.TokenCounter;

/** {@link TokenCounter} with the tokenizer of bge-small-en-v1.5, which the other BERT encoders share. */
@ApplicationScoped
@Startup
class WordPieceTokenCounter implements TokenCounter {
    private static final String RESOURCE = "bge-small-en-v1.5-q-tokenizer.json";

    private final Tokenizer tokenizer;

    WordPieceTokenCounter() {
        try (InputStream json = Thread.currentThread().getContextClassLoader().getResourceAsStream(RESOURCE)) {
            if (json == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            tokenizer = WordPieceTokenizer.fromTokenizerJson(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int[] tokenStarts(String text) {
        TokenizedText tokens = tokenizer.tokenize(text);
        int[] starts = new int[tokens.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = tokens.start(i);
        }
        return starts;
    }
}
