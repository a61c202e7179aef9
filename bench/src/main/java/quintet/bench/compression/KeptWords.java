package quintet.bench.compression;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import quintet.bench.data.PageQuestion;

/** What of an answer stays in a context that was made shorter, counted over what was in it before. */
final class KeptWords {
    private static final int SHORTEST_WORD = 4;

    private KeptWords() {}

    /** Returns 1 if the phrase of the right sentence is still there, 0 if not; nothing if it was not there before. */
    static OptionalDouble phrase(PageQuestion question, String before, String after) {
        String phrase = letters(question.phrase());
        if (phrase.isEmpty() || !letters(before).contains(phrase)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(letters(after).contains(phrase) ? 1 : 0);
    }

    /**
     * Returns which share of the answer's words is still there: those of four letters and more and the numbers that the question does
     * not say itself; nothing if none was there before.
     */
    static OptionalDouble answer(PageQuestion question, String before, String after) {
        Set<String> wanted = words(question.answer());
        wanted.removeAll(words(question.question()));
        wanted.retainAll(words(before));
        Set<String> found = words(after);
        return wanted.stream().mapToDouble(word -> found.contains(word) ? 1 : 0).average();
    }

    /** Letters and digits only: line breaks, hyphens at line ends and kinds of quotes make no difference. */
    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }

    private static Set<String> words(String text) {
        Predicate<String> counts = word -> word.length() >= SHORTEST_WORD || word.matches("\\p{N}+");
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(counts)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
