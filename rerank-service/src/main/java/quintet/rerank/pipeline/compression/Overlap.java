package quintet.rerank.pipeline.compression;

import java.util.Set;

/** How much two sets have in common. */
final class Overlap {
    private Overlap() {}

    /** Returns the share of both that is in both, 0 to 1 (Jaccard); 0 if both are empty. */
    static <T> double jaccard(Set<T> a, Set<T> b) {
        long common = a.stream().filter(b::contains).count();
        long all = a.size() + b.size() - common;
        return all == 0 ? 0 : (double) common / all;
    }
}
