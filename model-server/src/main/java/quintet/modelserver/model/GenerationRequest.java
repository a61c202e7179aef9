package quintet.modelserver.model;

import java.util.List;

/**
 * A completion that is wanted.
 *
 * @param prompt what it continues
 * @param maxTokens bound on its tokens, at least 1; what does not fit into the context is left out of the bound
 * @param sampling how tokens are drawn
 * @param stop texts that end it and are not part of it, at most {@value #MAX_STOPS}, none empty
 * @param speculate whether tokens may be guessed ahead; changes how fast it comes, never what comes
 * @param ignoreEnd whether it goes on behind a token that ends texts; for measurements
 */
public record GenerationRequest(
        Prompt prompt, int maxTokens, Sampling sampling, List<String> stop, boolean speculate, boolean ignoreEnd) {
    /** Most stop texts. */
    public static final int MAX_STOPS = 16;

    public GenerationRequest {
        stop = List.copyOf(stop);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("max_tokens is %d, must be at least 1".formatted(maxTokens));
        }
        if (stop.size() > MAX_STOPS) {
            throw new IllegalArgumentException(
                    "stop has %d texts, must be at most %d".formatted(stop.size(), MAX_STOPS));
        }
        if (stop.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("stop has an empty text, which would end everything at once");
        }
    }
}
