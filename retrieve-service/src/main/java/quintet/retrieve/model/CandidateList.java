package quintet.retrieve.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one list found.
 *
 * @param candidates best first, ties by chunk id
 * @param queryTruncated whether a part of the query was left out because it was too long for the list
 * @param scoreBound what no score of the list can reach, whatever a passage says; empty where that is not known
 * @param detail how it was found, if the view explains itself
 */
public record CandidateList(
        List<Candidate> candidates, boolean queryTruncated, OptionalDouble scoreBound, Optional<ListDetail> detail) {
    /** Copies the candidates. */
    public CandidateList {
        candidates = List.copyOf(candidates);
    }

    /** A list that does not say how it was found. */
    public CandidateList(List<Candidate> candidates, boolean queryTruncated, OptionalDouble scoreBound) {
        this(candidates, queryTruncated, scoreBound, Optional.empty());
    }

    /** A list whose scores have no known bound. */
    public CandidateList(List<Candidate> candidates, boolean queryTruncated) {
        this(candidates, queryTruncated, OptionalDouble.empty());
    }

    /** Returns the same list with how it was found. */
    public CandidateList with(ListDetail how) {
        return new CandidateList(candidates, queryTruncated, scoreBound, Optional.of(how));
    }
}
