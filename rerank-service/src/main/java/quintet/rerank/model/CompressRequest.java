package quintet.rerank.model;

import java.util.List;
import java.util.Optional;

/**
 * Passages that a prompt is to hold, and how much of them.
 *
 * @param query the question that they are to answer
 * @param passages best first
 * @param maxTokens bound on the tokens that are kept, as the model counts them; absent for none
 * @param threshold share of the best sentence's score below which a sentence is left out, 0 to 1; absent for the configured one
 * @param keepFirst whether a passage of which something is kept also keeps its first sentence, often its heading; absent for
 *     what is configured
 * @param mmrLambda weight of a sentence's own score against its likeness to those kept already, 0 to 1; absent for 1, which does
 *     not ask for likeness. Says which sentences come first where {@code maxTokens} leaves some out
 * @param model name of the model that the caller expects; absent for the one there is
 */
public record CompressRequest(
        String query,
        List<String> passages,
        Optional<Integer> maxTokens,
        Optional<Double> threshold,
        Optional<Boolean> keepFirst,
        Optional<Double> mmrLambda,
        Optional<String> model) {
    /** Copies the passages. */
    public CompressRequest {
        passages = List.copyOf(passages);
    }
}
