package quintet.ingest.port;

/** Finds the tokens of the embedding model in a text. */
public interface TokenCounter {
    /** Returns the offset of the first character of each token, rising, in UTF-16 code units. */
    int[] tokenStarts(String text);
}
