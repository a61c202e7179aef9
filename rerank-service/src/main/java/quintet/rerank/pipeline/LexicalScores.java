package quintet.rerank.pipeline;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well texts match a query by their words, with the texts themselves as the collection that says how rare a word is: BM25
 * (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009). Words that
 * most of the texts have, stop words among them, weigh next to nothing.
 */
public final class LexicalScores {
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    /** The model's window holds about as many; reading more would take the time that the scores are to save. */
    private static final int CHARACTERS = 2_000;

    private LexicalScores() {}

    /** Returns a score of 0 or more for each of {@code texts}, higher is better. */
    static double[] of(String query, List<String> texts) {
        Set<String> wanted = new HashSet<>(Words.of(query));
        List<List<String>> words = texts.stream()
                .map(text -> Words.of(text.substring(0, Math.min(CHARACTERS, text.length()))))
                .toList();
        Map<String, Double> rarity = rarity(wanted, words);
        double meanLength = words.stream().mapToInt(List::size).average().orElse(0);
        return words.stream()
                .mapToDouble(text -> score(text, rarity, meanLength))
                .toArray();
    }

    private static double score(List<String> text, Map<String, Double> rarity, double meanLength) {
        Map<String, Integer> frequencies = new HashMap<>();
        for (String word : text) {
            if (rarity.containsKey(word)) {
                frequencies.merge(word, 1, Integer::sum);
            }
        }
        double norm = K1 * (1 - B + B * text.size() / Math.max(1, meanLength));
        double score = 0;
        for (Map.Entry<String, Integer> word : frequencies.entrySet()) {
            double tf = word.getValue();
            score += rarity.getOrDefault(word.getKey(), 0.0) * tf * (K1 + 1) / (tf + norm);
        }
        return score;
    }

    /** Returns {@code ln(1 + (n - df + 0.5) / (df + 0.5))} of each wanted word; high where it is rare. */
    public static Map<String, Double> rarity(Set<String> wanted, List<List<String>> texts) {
        Map<String, Integer> frequencies = new HashMap<>();
        for (List<String> text : texts) {
            Set<String> found = new HashSet<>(text);
            found.retainAll(wanted);
            found.forEach(word -> frequencies.merge(word, 1, Integer::sum));
        }
        Map<String, Double> rarity = new HashMap<>();
        for (String word : wanted) {
            int df = frequencies.getOrDefault(word, 0);
            rarity.put(word, Math.log(1 + (texts.size() - df + 0.5) / (df + 0.5)));
        }
        return rarity;
    }
}
