package quintet.ingest.model;

import java.util.Arrays;

/**
 * The MinHash signature of a set: the minimum of each of {@code k} permutations. Two signatures are comparable only if the
 * same permutations made them. Immutable.
 */
public final class MinHashSignature {
    private final int[] minima;

    /** Copies the minima, at least one. */
    public MinHashSignature(int[] minima) {
        if (minima.length == 0) {
            throw new IllegalArgumentException("the signature has 0 minima, must have at least 1");
        }
        this.minima = minima.clone();
    }

    /** Returns the number of permutations. */
    public int length() {
        return minima.length;
    }

    /** Returns a copy of the minima, in the order of the permutations. */
    public int[] toArray() {
        return minima.clone();
    }

    /**
     * Returns the estimate of the Jaccard similarity of the two sets: the share of minima that are equal. Its standard error
     * is {@code sqrt(J * (1 - J) / k)}.
     */
    public double estimate(MinHashSignature other) {
        if (other.minima.length != minima.length) {
            throw new IllegalArgumentException(
                    "the signatures have %d and %d minima".formatted(minima.length, other.minima.length));
        }
        int equal = 0;
        for (int i = 0; i < minima.length; i++) {
            equal += minima[i] == other.minima[i] ? 1 : 0;
        }
        return (double) equal / minima.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MinHashSignature signature && Arrays.equals(minima, signature.minima);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(minima);
    }
}
