package quintet.retrieve.model;

import java.util.List;

/**
 * What one list found.
 *
 * @param candidates best first, ties by chunk id
 * @param queryTruncated whether a part of the query was left out because it was too long for the list
 */
public record CandidateList(List<Candidate> candidates, boolean queryTruncated) {
    /** Copies the candidates. */
    public CandidateList {
        candidates = List.copyOf(candidates);
    }
}
