package quintet.retrieve.model;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What one list found.
 *
 * @param candidates best first, ties by chunk id
 * @param queryTruncated whether a part of the query was left out because it was too long for the list
 * @param scoreBound what no score of the list can reach, whatever a passage says; empty where that is not known
 */
public record CandidateList(List<Candidate> candidates, boolean queryTruncated, OptionalDouble scoreBound) {
    /** Copies the candidates. */
    public CandidateList {
        candidates = List.copyOf(candidates);
    }

    /** A list whose scores have no known bound. */
    public CandidateList(List<Candidate> candidates, boolean queryTruncated) {
        this(candidates, queryTruncated, OptionalDouble.empty());
    }
}
