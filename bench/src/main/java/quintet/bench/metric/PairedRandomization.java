package quintet.bench.metric;

import java.util.List;
import java.util.Random;

/**
 * The paired randomization test (Fisher 1935; Smucker, Allan and Carterette 2007 for search): were both rankings of a query equally
 * good, it would be chance which of them got which figure. Queries come in groups, and what is tested is the mean of the groups'
 * means, so that a set counts the same whatever its number of queries.
 */
public final class PairedRandomization {
    private static final int ROUNDS = 10_000;

    private PairedRandomization() {}

    /**
     * Tests the differences of two systems.
     *
     * @param groups differences by group, each with at least one
     * @return two-sided p-value, above 0 to 1: how often chance alone makes a difference as large
     */
    public static double p(List<List<Double>> groups, long seed) {
        Random random = new Random(seed);
        double observed = 0;
        for (List<Double> group : groups) {
            observed += sum(group) / group.size();
        }
        int asLarge = 1;
        for (int round = 0; round < ROUNDS; round++) {
            double byChance = 0;
            for (List<Double> group : groups) {
                double sum = 0;
                for (double difference : group) {
                    sum += random.nextBoolean() ? difference : -difference;
                }
                byChance += sum / group.size();
            }
            // Sums in another order differ in their last bits.
            asLarge += Math.abs(byChance) >= Math.abs(observed) - 1e-12 ? 1 : 0;
        }
        return (double) asLarge / (ROUNDS + 1);
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }
}
