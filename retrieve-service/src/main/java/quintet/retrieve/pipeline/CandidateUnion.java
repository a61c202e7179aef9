package quintet.retrieve.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quintet.retrieve.model.Candidate;
import quintet.retrieve.model.CandidateList;

/**
 * What two lists found together, by who found it.
 *
 * @param both found by both lists
 * @param onlyDense found by the dense list alone; their lexical scores are missing
 * @param onlyLexical found by the lexical list alone; their dense scores are missing
 */
record CandidateUnion(List<ScorePair> both, List<Candidate> onlyDense, List<Candidate> onlyLexical) {
    static CandidateUnion of(CandidateList dense, CandidateList lexical) {
        Map<String, Candidate> byWords = new LinkedHashMap<>();
        lexical.candidates().forEach(candidate -> byWords.put(candidate.chunkId(), candidate));
        List<ScorePair> both = new ArrayList<>();
        List<Candidate> onlyDense = new ArrayList<>();
        for (Candidate candidate : dense.candidates()) {
            Candidate same = byWords.remove(candidate.chunkId());
            if (same == null) {
                onlyDense.add(candidate);
            } else {
                both.add(new ScorePair(candidate, candidate.score(), same.score()));
            }
        }
        return new CandidateUnion(both, onlyDense, List.copyOf(byWords.values()));
    }

    /**
     * Returns all candidates with both scores.
     *
     * @param lexical scores of {@link #onlyDense}, in its order
     * @param dense scores of {@link #onlyLexical}, in its order
     */
    List<ScorePair> complete(List<Double> lexical, List<Double> dense) {
        List<ScorePair> pairs = new ArrayList<>(both);
        for (int i = 0; i < onlyDense.size(); i++) {
            pairs.add(new ScorePair(onlyDense.get(i), onlyDense.get(i).score(), lexical.get(i)));
        }
        for (int i = 0; i < onlyLexical.size(); i++) {
            pairs.add(new ScorePair(
                    onlyLexical.get(i), dense.get(i), onlyLexical.get(i).score()));
        }
        return pairs;
    }
}
