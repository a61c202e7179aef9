package quintet.ingest.pipeline.chunking;

import java.util.ArrayList;
import java.util.List;

/** Joins units to runs of a few sentences that mean something by themselves. */
final class SentenceRuns {
    private SentenceRuns() {}

    /**
     * Returns the runs in order. A heading joins what stands under it; a sentence that is shorter than {@code enoughTokens}
     * joins the next ones of its paragraph or list.
     *
     * @param most sentences of a run, at least 1
     */
    static List<Run> of(List<Unit> units, int most, int enoughTokens, SizeLimit limit) {
        List<Run> runs = new ArrayList<>();
        for (int from = 0; from < units.size(); ) {
            int to = from + 1;
            int sentences = units.get(from).isHeading() ? 0 : 1;
            int tokens = units.get(from).tokens();
            while (to < units.size() && limit.holds(units, from, to + 1)) {
                Unit next = units.get(to);
                boolean sameParagraph = next.boundary().compareTo(Unit.Boundary.PARAGRAPH) < 0;
                if (sentences > 0 && (!sameParagraph || sentences == most || tokens >= enoughTokens)) {
                    break;
                }
                sentences += next.isHeading() ? 0 : 1;
                tokens += next.tokens();
                to++;
            }
            runs.add(new Run(from, to));
            from = to;
        }
        return runs;
    }
}
