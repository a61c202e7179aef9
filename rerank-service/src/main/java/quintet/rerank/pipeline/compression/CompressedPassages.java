package quintet.rerank.pipeline.compression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import quintet.rerank.model.CompressedPassage;
import quintet.rerank.model.CompressedPassage.Outcome;
import quintet.rerank.model.TextSpan;

/** Puts together what is kept of each passage. */
final class CompressedPassages {
    private final List<String> passages;
    private final List<Piece> pieces;

    /** Takes the passages and the pieces of those that were not merged, in order. */
    CompressedPassages(List<String> passages, List<Piece> pieces) {
        this.passages = passages;
        this.pieces = pieces;
    }

    /**
     * Returns as many as there are passages.
     *
     * @param merged for each passage the one that stands for it
     * @param standing for each piece its score, or {@link SentenceSelection#LEFT_OUT}
     * @param taken for each piece whether the budget has room for it
     */
    List<CompressedPassage> build(List<Optional<Integer>> merged, double[] standing, boolean[] taken) {
        List<CompressedPassage> built = new ArrayList<>(passages.size());
        int from = 0;
        for (int passage = 0; passage < passages.size(); passage++) {
            int to = from;
            while (to < pieces.size() && pieces.get(to).passage() == passage) {
                to++;
            }
            built.add(
                    merged.get(passage).isPresent()
                            ? nothing(Outcome.MERGED, merged.get(passage))
                            : build(passage, from, to, standing, taken));
            from = to;
        }
        return built;
    }

    private CompressedPassage build(int passage, int from, int to, double[] standing, boolean[] taken) {
        List<TextSpan> spans = new ArrayList<>();
        int tokens = 0;
        boolean wanted = false;
        for (int i = from; i < to; i++) {
            wanted |= standing[i] != SentenceSelection.LEFT_OUT;
            if (taken[i]) {
                TextSpan span = pieces.get(i).span();
                boolean goesOn = i > from && taken[i - 1];
                spans.add(goesOn ? new TextSpan(spans.removeLast().start(), span.end()) : span);
                tokens += pieces.get(i).tokens();
            }
        }
        if (spans.isEmpty()) {
            return nothing(wanted ? Outcome.OVER_BUDGET : Outcome.IRRELEVANT, Optional.empty());
        }
        return new CompressedPassage(Outcome.KEPT, spans, join(passages.get(passage), spans), tokens, Optional.empty());
    }

    private static CompressedPassage nothing(Outcome outcome, Optional<Integer> mergedInto) {
        return new CompressedPassage(outcome, List.of(), "", 0, mergedInto);
    }

    /** Rows of a table stay rows: a line break between two spans stays one. */
    private static String join(String text, List<TextSpan> spans) {
        StringBuilder joined = new StringBuilder(spans.getFirst().in(text));
        for (int i = 1; i < spans.size(); i++) {
            String gap = text.substring(spans.get(i - 1).end(), spans.get(i).start());
            joined.append(gap.contains("\n") ? '\n' : ' ').append(spans.get(i).in(text));
        }
        return joined.toString();
    }
}
