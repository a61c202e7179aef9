package quintet.generate.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The words of a text that carry its meaning: lower case, without stop words, English endings cut so that "covers", "covered" and
 * "coverage" meet. A character of a script without spaces is a term by itself.
 */
public final class Terms {
    private static final Set<String> STOP_WORDS = Set.of(
            "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been",
            "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does", "doing", "during",
            "each", "for", "from", "further", "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his",
            "how", "i", "if", "in", "into", "is", "it", "its", "just", "me", "more", "most", "my", "no", "nor", "of",
            "off", "on", "once", "only", "or", "other", "our", "out", "over", "own", "s", "same", "she", "should", "so",
            "some", "such", "t", "tell", "than", "that", "the", "their", "them", "then", "there", "these", "they",
            "this", "those", "through", "to", "too", "under", "until", "up", "very", "was", "we", "were", "what",
            "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "would", "you", "your");

    private static final List<String> ENDINGS = List.of(
            "ations", "ation", "ments", "ment", "ings", "ing", "ages", "age", "ions", "ion", "able", "ies", "ed", "es",
            "s", "y", "e");

    private static final int SHORTEST_STEM = 4;

    private Terms() {}

    /** Returns the distinct terms of {@code text} in their order. */
    public static Set<String> of(String text) {
        return new LinkedHashSet<>(list(text));
    }

    /** Returns the terms of {@code text} in their order, each as often as it occurs. */
    public static List<String> list(String text) {
        List<String> terms = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); ) {
            int c = i < text.length() ? text.codePointAt(i) : ' ';
            boolean ideographic = Character.isIdeographic(c);
            if (start >= 0 && (ideographic || !Character.isLetterOrDigit(c))) {
                add(terms, text.substring(start, i));
                start = -1;
            }
            if (ideographic) {
                terms.add(Character.toString(c));
            } else if (start < 0 && Character.isLetterOrDigit(c)) {
                start = i;
            }
            i += Character.charCount(c);
        }
        return terms;
    }

    private static void add(List<String> terms, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (!STOP_WORDS.contains(lower)) {
            terms.add(stem(lower));
        }
    }

    /** Cuts endings as long as a stem is left: "reimbursements" and "reimbursed" meet. */
    private static String stem(String word) {
        String stem = word;
        String shorter = cutEnding(stem);
        while (shorter.length() < stem.length()) {
            stem = shorter;
            shorter = cutEnding(stem);
        }
        return stem;
    }

    private static String cutEnding(String word) {
        for (String ending : ENDINGS) {
            int length = word.length() - ending.length();
            if (length >= SHORTEST_STEM && word.endsWith(ending) && !word.endsWith("ss")) {
                return word.substring(0, length);
            }
        }
        boolean shortPlural = word.length() == SHORTEST_STEM && word.endsWith("s") && !word.endsWith("ss");
        return shortPlural ? word.substring(0, SHORTEST_STEM - 1) : word;
    }

    /** Returns the share of {@code wanted} that is in {@code found}, 0 to 1; 0 if nothing is wanted. */
    public static double coverage(Set<String> wanted, Collection<String> found) {
        return wanted.isEmpty()
                ? 0
                : (double) wanted.stream().filter(found::contains).count() / wanted.size();
    }

    /** Returns the share of terms that two sets have in common, 0 to 1 (Jaccard). */
    public static double similarity(Set<String> a, Set<String> b) {
        if (a.isEmpty() && b.isEmpty()) {
            return 1;
        }
        long common = a.stream().filter(b::contains).count();
        return (double) common / (a.size() + b.size() - common);
    }

    /** Returns how rare each term is among the texts: {@code ln(1 + (n - df + 0.5) / (df + 0.5))}, as in BM25. */
    public static Map<String, Double> inverseFrequencies(Collection<Set<String>> texts) {
        Map<String, Integer> frequencies = new HashMap<>();
        texts.forEach(terms -> terms.forEach(term -> frequencies.merge(term, 1, Integer::sum)));
        Map<String, Double> weights = new HashMap<>();
        int n = texts.size();
        frequencies.forEach((term, df) -> weights.put(term, Math.log(1 + (n - df + 0.5) / (df + 0.5))));
        return weights;
    }
}
