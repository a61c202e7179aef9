package quintet.rerank.port;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import quintet.rerank.model.ModelRef;
import quintet.rerank.model.ScoredPair;

/** Reads a query and a passage together. The same pair gives the same score, whatever else is scored with it. */
public interface CrossEncoder {
    /** Returns what the scores are made with. */
    ModelRef ref();

    /**
     * Scores passages in their order until the time is over. Cancelling drops those that have not begun.
     *
     * @param budget time from the call on
     * @return as many as {@code passages}, empty where there was no time; fails with OVERLOADED if too much is waiting and
     *     UNAVAILABLE while the service shuts down
     */
    Uni<List<Optional<ScoredPair>>> score(String query, List<String> passages, Duration budget);

    /** Returns the length of each text in tokens of the model, without those that frame a pair; white space has none. */
    Uni<List<Integer>> countTokens(List<String> texts);
}
