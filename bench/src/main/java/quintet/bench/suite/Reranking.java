package quintet.bench.suite;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What the re-ranker says.
 *
 * @param results best first
 * @param scored how many candidates the cross-encoder scored
 * @param stopReason why it scored no more; empty from a suite that does not say
 */
public record Reranking(List<Result> results, int scored, String stopReason) {
    /**
     * A candidate in its new place.
     *
     * @param index position in the request
     * @param relevance 0 to 1; absent if it was not scored
     */
    public record Result(int index, OptionalDouble relevance) {}

    /** Copies the results. */
    public Reranking {
        results = List.copyOf(results);
    }

    /** Returns positions in the request, best first. */
    public List<Integer> order() {
        return results.stream().map(Result::index).toList();
    }
}
