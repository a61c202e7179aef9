package quintet.ingest.pipeline.deduplication;

import java.util.Arrays;
import java.util.SplittableRandom;
import quintet.ingest.model.MinHashSignature;

/**
 * MinHash (Broder, 1997) over {@code permutations} functions of a universal family, the multiply-shift hash of Dietzfelbinger
 * (1996): {@code h(x) = (a * x + b) >>> 32} over 64 bits. The functions are drawn from a fixed seed: the same in every
 * process and release. The inner loop runs over arrays of {@code long} without a branch, for the compiler to vectorise.
 */
final class MinHash {
    private static final long SEED = 0x517cc1b727220a95L;

    private final long[] a;
    private final long[] b;

    MinHash(int permutations) {
        SplittableRandom random = new SplittableRandom(SEED);
        a = new long[permutations];
        b = new long[permutations];
        for (int i = 0; i < permutations; i++) {
            a[i] = random.nextLong() | 1;
            b[i] = random.nextLong();
        }
    }

    /** Returns the signature of a set that is not empty. */
    MinHashSignature signature(Shingles shingles) {
        long[] minima = new long[a.length];
        Arrays.fill(minima, Long.MAX_VALUE);
        for (int i = 0; i < shingles.size(); i++) {
            lower(minima, a, b, Integer.toUnsignedLong(shingles.get(i)));
        }
        int[] signature = new int[minima.length];
        for (int i = 0; i < signature.length; i++) {
            signature[i] = (int) minima[i];
        }
        return new MinHashSignature(signature);
    }

    private static void lower(long[] minima, long[] a, long[] b, long x) {
        for (int i = 0; i < minima.length; i++) {
            minima[i] = Math.min(minima[i], (a[i] * x + b[i]) >>> 32);
        }
    }
}
