package quintet.rerank.pipeline.compression;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which sentences are kept: those that come near enough to the best one of all, and beside them those without which they would
 * not be understood.
 */
final class SentenceSelection {
    /** A sentence that begins so goes on with the one before it. */
    private static final Pattern GOES_ON =
            Pattern.compile("(It|Its|They|Their|He|She|His|Her|This|That|These|Those|Such"
                    + "|However|But|And|Also|So|Then|Yet|Or|Therefore|Thus|Hence|Otherwise|Instead|Moreover|Furthermore|Additionally|Nevertheless|Still|In"
                    + " addition|For example|For instance|As a result|In that case)\\b(?s:.*)");

    static final double LEFT_OUT = -1;

    private final List<Piece> pieces;
    private final double[] scores;
    private final double[] standing;

    private SentenceSelection(List<Piece> pieces, double[] scores) {
        this.pieces = pieces;
        this.scores = scores;
        standing = new double[scores.length];
        Arrays.fill(standing, LEFT_OUT);
    }

    /**
     * Returns for each piece its own score or that of the piece that needs it, or {@link #LEFT_OUT}.
     *
     * @param pieces in their order in the passages
     * @param threshold share of the best score from which on a piece is kept, 0 to 1
     * @param keepFirst whether the first piece of a passage stays where another one does
     */
    static double[] select(List<Piece> pieces, double[] scores, double threshold, boolean keepFirst) {
        SentenceSelection selection = new SentenceSelection(pieces, scores);
        selection.keepBest(threshold);
        if (keepFirst) {
            selection.keepFirst();
        }
        return selection.standing;
    }

    private void keepBest(double threshold) {
        double least = threshold * Arrays.stream(scores).max().orElse(0);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= least) {
                keep(i, scores[i]);
                for (int before = i; continues(before); before--) {
                    keep(before - 1, scores[i]);
                }
                if (i + 1 < pieces.size() && continues(i + 1)) {
                    keep(i + 1, scores[i]);
                }
            }
        }
    }

    private void keepFirst() {
        int first = 0;
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).passage() != pieces.get(first).passage()) {
                first = i;
            }
            if (standing[i] != LEFT_OUT) {
                keep(first, standing[i]);
            }
        }
    }

    private void keep(int index, double score) {
        standing[index] = Math.max(standing[index], score);
    }

    /** Returns whether a piece goes on with the one before it. */
    private boolean continues(int index) {
        return index > 0
                && pieces.get(index - 1).passage() == pieces.get(index).passage()
                && GOES_ON.matcher(pieces.get(index).text()).matches();
    }
}
