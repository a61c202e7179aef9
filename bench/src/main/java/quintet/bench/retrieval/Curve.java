package quintet.bench.retrieval;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a contender reached.
 *
 * @param bytes of the index with the vectors themselves
 * @param buildSeconds wall-clock time of building it
 * @param points from fast to thorough
 */
record Curve(String name, long bytes, double buildSeconds, List<Point> points) {
    /**
     * One position of the dial.
     *
     * @param recall of the exactly nearest, 0 to 1
     * @param perSecond queries in a second of one processor's time, the median of the rounds
     */
    record Point(String setting, double recall, double perSecond) {}

    /** Copies the points. */
    Curve {
        points = List.copyOf(points);
    }

    /**
     * Returns the queries per second at a recall: of the fastest point that reaches it, or between that and the point before,
     * on the logarithm of speed. Empty if none reaches it.
     */
    OptionalDouble perSecondAt(double recall) {
        List<Point> rising = points.stream()
                .sorted(Comparator.comparingDouble(Point::recall))
                .toList();
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < rising.size(); i++) {
            Point point = rising.get(i);
            if (point.recall() < recall) {
                continue;
            }
            best = Math.max(best, point.perSecond());
            if (i > 0 && rising.get(i - 1).recall() < recall) {
                Point below = rising.get(i - 1);
                double share = (recall - below.recall()) / (point.recall() - below.recall());
                best = Math.max(
                        best,
                        Math.exp((1 - share) * Math.log(below.perSecond()) + share * Math.log(point.perSecond())));
            }
        }
        return best > 0 ? OptionalDouble.of(best) : OptionalDouble.empty();
    }
}
