package quintet.ingest.pipeline.deduplication;

import java.util.Arrays;

/**
 * The set of word shingles of a text: every {@code shingleSize} successive words, as a 32-bit hash each (Broder, "On the
 * resemblance and containment of documents", 1997). A text of fewer words is one shingle.
 */
final class Shingles {
    private static final long BASE = 0x9e3779b97f4a7c15L;

    /** No shingles at all. */
    static final Shingles NONE = new Shingles(1, new int[0]);

    private final int shingleSize;
    private final int[] sorted;

    private Shingles(int shingleSize, int[] sorted) {
        this.shingleSize = shingleSize;
        this.sorted = sorted;
    }

    /** Returns the shingles of a normal text; none if it has no words. */
    static Shingles of(String normal, int shingleSize) {
        long[] words = Words.hashes(normal);
        int size = Math.min(shingleSize, words.length);
        int[] hashes = new int[size == 0 ? 0 : words.length - size + 1];
        long leaving = 1;
        for (int i = 1; i < size; i++) {
            leaving *= BASE;
        }
        long rolling = 0;
        for (int i = 0; i < words.length; i++) {
            if (i >= size) {
                rolling -= words[i - size] * leaving;
            }
            rolling = rolling * BASE + words[i];
            if (i >= size - 1) {
                hashes[i - size + 1] = (int) (Mix.mix(rolling) >>> 32);
            }
        }
        return new Shingles(shingleSize, distinct(hashes));
    }

    private static int[] distinct(int[] hashes) {
        Arrays.sort(hashes);
        int count = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[count++] = hashes[i];
            }
        }
        return Arrays.copyOf(hashes, count);
    }

    int shingleSize() {
        return shingleSize;
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    int size() {
        return sorted.length;
    }

    int get(int i) {
        return sorted[i];
    }

    /** Returns the Jaccard similarity: the size of the intersection by that of the union; 0 for two empty sets. */
    double jaccard(Shingles other) {
        int common = 0;
        for (int i = 0, j = 0; i < sorted.length && j < other.sorted.length; ) {
            int order = Integer.compare(sorted[i], other.sorted[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        int union = sorted.length + other.sorted.length - common;
        return union == 0 ? 0 : (double) common / union;
    }
}
