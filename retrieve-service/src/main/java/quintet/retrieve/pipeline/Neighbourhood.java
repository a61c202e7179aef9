package quintet.retrieve.pipeline;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import quintet.retrieve.model.Likeness;

/**
 * How alike the candidates of a query are to each other.
 *
 * <p>Compared is every candidate with the {@code anchors}, the first of each list, so that neither the time nor the order of the
 * first hits depends on how many hits were asked for.
 */
final class Neighbourhood {
    /** Candidates of each list that others are compared with. */
    static final int ANCHORS = 50;

    /** Spread of the cosines among the candidates of a query, where there are none: the mean over the development sets. */
    static final double TYPICAL_SPREAD = 0.07;
    /** For how many pairs the typical spread counts: a few candidates alone say little. */
    private static final int TYPICAL_PAIRS = 10;

    private static final double MIN_SPREAD = 0.01;

    private final int[] anchors;
    private final double[][] cosines;
    private final double spread;

    private Neighbourhood(int[] anchors, double[][] cosines) {
        this.anchors = anchors;
        this.cosines = cosines;
        spread = spread(anchors, cosines);
    }

    /** Compares candidates. */
    static Neighbourhood of(List<ScorePair> union, Likeness likeness) {
        Set<Integer> first = new TreeSet<>();
        first.addAll(first(union, ScorePair::dense, -1));
        first.addAll(first(union, ScorePair::lexical, Double.MIN_VALUE));
        int[] anchors = first.stream().mapToInt(Integer::intValue).toArray();
        int[] column = new int[union.size()];
        Arrays.fill(column, -1);
        for (int a = 0; a < anchors.length; a++) {
            column[anchors[a]] = a;
        }
        double[][] cosines = new double[union.size()][anchors.length];
        for (int i = 0; i < cosines.length; i++) {
            for (int a = 0; a < anchors.length; a++) {
                // Of two anchors both are compared once.
                cosines[i][a] = column[i] > a ? cosines[anchors[a]][column[i]] : likeness.cosine(i, anchors[a]);
            }
        }
        return new Neighbourhood(anchors, cosines);
    }

    /** Returns what is known of candidates that can not be compared: that each is like itself. */
    static Neighbourhood unknown(int candidates) {
        return new Neighbourhood(new int[0], new double[candidates][0]);
    }

    /** Returns whether candidates could be compared. */
    boolean isKnown() {
        return anchors.length > 0;
    }

    /** Returns the standard deviation of the cosines between anchors: the unit that bandwidths are given in, above 0. */
    double spread() {
        return spread;
    }

    /**
     * Returns for each candidate the mean of {@code values} over itself and the anchors, weighted by how near they are
     * (Nadaraya-Watson with the kernel {@code exp(-(1 - cosine) / bandwidth)}).
     */
    double[] means(double[] values, double bandwidth) {
        double[] means = new double[values.length];
        for (int i = 0; i < means.length; i++) {
            double weights = 1;
            double sum = values[i];
            for (int a = 0; a < anchors.length; a++) {
                if (anchors[a] != i) {
                    double weight = Math.exp((cosines[i][a] - 1) / bandwidth);
                    weights += weight;
                    sum += weight * values[anchors[a]];
                }
            }
            means[i] = sum / weights;
        }
        return means;
    }

    private static List<Integer> first(List<ScorePair> union, ToDoubleFunction<ScorePair> score, double least) {
        return IntStream.range(0, union.size())
                .boxed()
                .filter(i -> score.applyAsDouble(union.get(i)) >= least)
                .sorted(Comparator.comparingDouble((Integer i) -> -score.applyAsDouble(union.get(i)))
                        .thenComparing(i -> union.get(i).candidate().chunkId()))
                .limit(ANCHORS)
                .toList();
    }

    private static double spread(int[] anchors, double[][] cosines) {
        int pairs = 0;
        double mean = 0;
        double squares = 0;
        // Welford's running variance.
        for (int a = 0; a < anchors.length; a++) {
            for (int b = 0; b < a; b++) {
                pairs++;
                double off = cosines[anchors[a]][b] - mean;
                mean += off / pairs;
                squares += off * (cosines[anchors[a]][b] - mean);
            }
        }
        double typical = TYPICAL_PAIRS * TYPICAL_SPREAD * TYPICAL_SPREAD;
        return Math.max(MIN_SPREAD, Math.sqrt((squares + typical) / (pairs + TYPICAL_PAIRS)));
    }
}
