package quintet.ingest.pipeline.chunking;

import java.util.ArrayList;
import java.util.List;
import quintet.ingest.pipeline.chunking.Unit.Boundary;

/**
 * Cuts units into runs that fit: at paragraphs, filling each run up; a paragraph that does not fit by itself at lines, then at
 * sentences, then wherever it must. The order of separators is that of LangChain's RecursiveCharacterTextSplitter.
 */
final class RecursiveSplit {
    private static final List<Boundary> SEPARATORS =
            List.of(Boundary.PARAGRAPH, Boundary.ITEM, Boundary.SENTENCE, Boundary.SLICE);

    private final List<Unit> units;
    private final SizeLimit limit;
    private final List<Run> runs = new ArrayList<>();

    private RecursiveSplit(List<Unit> units, SizeLimit limit) {
        this.units = units;
        this.limit = limit;
    }

    /** Returns the runs of {@code whole} in order; each unit must fit by itself. */
    static List<Run> split(List<Unit> units, Run whole, SizeLimit limit) {
        RecursiveSplit split = new RecursiveSplit(units, limit);
        split.cut(whole, 0);
        return split.runs;
    }

    private void cut(Run whole, int separator) {
        int from = whole.from();
        for (int start = whole.from(); start < whole.to(); ) {
            int end = endOfPart(start, whole.to(), SEPARATORS.get(separator));
            if (!limit.holds(units, from, end)) {
                take(from, start);
                from = start;
                if (!limit.holds(units, start, end)) {
                    cut(new Run(start, end), separator + 1);
                    from = end;
                }
            }
            start = end;
        }
        take(from, whole.to());
    }

    private int endOfPart(int start, int most, Boundary separator) {
        int end = start + 1;
        while (end < most && units.get(end).boundary().compareTo(separator) < 0) {
            end++;
        }
        return end;
    }

    private void take(int from, int to) {
        if (from < to) {
            runs.add(new Run(from, to));
        }
    }
}
