package quintet.retrieve.pipeline;

import java.util.List;
import quintet.retrieve.model.explanation.ExplainedFusion;

/** Makes one ranking of two lists. */
interface ScoreFusion {
    /**
     * Scores the union of both lists.
     *
     * <p>Every candidate comes with its true score on both lists. A passage that one list did not return would otherwise
     * enter with that list's lowest score or with none: what it loses by that depends on how deep the lists were cut and not
     * on the passage, and a passage just below the cut would lose as much as one that has nothing to do with the query.
     *
     * @return best first, ties by chunk id
     */
    List<FusedCandidate> fuse(List<ScorePair> union);

    /** Returns what {@link #fuse} goes by for the same union. */
    ExplainedFusion explain(List<ScorePair> union);
}
