package quintet.bench.suite;

import java.util.List;

/**
 * What is left of passages.
 *
 * @param texts what is kept of each, empty if nothing
 * @param originalTokens length of all before
 * @param keptTokens length of all that is kept
 */
public record Compression(List<String> texts, int originalTokens, int keptTokens) {
    /** Copies the texts. */
    public Compression {
        texts = List.copyOf(texts);
    }
}
