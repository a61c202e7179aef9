package quintet.retrieve.model.history;

import quintet.retrieve.model.Hit;
import quintet.retrieve.model.StageScores;

/** A hit as it is kept: what it was and how it was scored, and nothing of what it says. */
public record KeptHit(String chunkId, String documentId, long version, double score, StageScores scores) {
    /** Returns what is kept of a hit. */
    public static KeptHit of(Hit hit) {
        return new KeptHit(
                hit.stored().passage().chunkId(),
                hit.stored().documentId(),
                hit.stored().version(),
                hit.score(),
                hit.scores());
    }
}
