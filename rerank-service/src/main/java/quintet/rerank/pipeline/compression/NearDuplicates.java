package quintet.rerank.pipeline.compression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import quintet.rerank.pipeline.Words;

/**
 * Finds passages that say nearly the same: those whose runs of three words (w-shingles; Broder, "On the resemblance and containment of
 * documents", 1997) have a high Jaccard similarity.
 */
final class NearDuplicates {
    private static final int RUN = 3;

    private NearDuplicates() {}

    /**
     * Returns for each passage the position of the first one that it is like, if it is like one that stands for itself.
     *
     * @param similarity Jaccard similarity from which on two are alike, 0 to 1
     */
    static List<Optional<Integer>> find(List<String> passages, double similarity) {
        List<Set<List<String>>> shingles =
                passages.stream().map(NearDuplicates::shingles).toList();
        List<Optional<Integer>> merged = new ArrayList<>(passages.size());
        for (int i = 0; i < passages.size(); i++) {
            Optional<Integer> into = Optional.empty();
            for (int j = 0; j < i && into.isEmpty(); j++) {
                if (merged.get(j).isEmpty() && Overlap.jaccard(shingles.get(i), shingles.get(j)) >= similarity) {
                    into = Optional.of(j);
                }
            }
            merged.add(into);
        }
        return merged;
    }

    /** A text of fewer words is one run. */
    private static Set<List<String>> shingles(String text) {
        List<String> words = Words.of(text);
        if (words.size() <= RUN) {
            return Set.of(words);
        }
        Set<List<String>> shingles = new HashSet<>();
        for (int i = 0; i + RUN <= words.size(); i++) {
            shingles.add(words.subList(i, i + RUN));
        }
        return shingles;
    }
}
